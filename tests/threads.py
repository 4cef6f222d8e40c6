"""Several people doing something at the same moment."""

import threading
from collections.abc import Callable

from django.db import connections


def at_once(work: Callable[[int], object], count: int) -> list[Exception]:
    """Do it on so many threads that begin together; what went wrong."""
    failures: list[Exception] = []
    together = threading.Barrier(count)

    def alone(number: int) -> None:
        try:
            together.wait(30)
            work(number)
        except Exception as error:  # noqa: BLE001  (told by the test)
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=alone, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures
