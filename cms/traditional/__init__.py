"""The 繁體 site: finished 简体 answers, converted as a whole."""
