"""Recognition of one page: an image in, text with character boxes out."""

from media.recognition.engine import Engine, Reading, Word
from media.recognition.pipeline import recognise
from media.recognition.report import recognition_as_json
from media.recognition.settings import OcrSettings
from media.recognition.tesseract import TesseractEngine

__all__ = [
    "Engine",
    "OcrSettings",
    "Reading",
    "TesseractEngine",
    "Word",
    "recognise",
    "recognition_as_json",
]
