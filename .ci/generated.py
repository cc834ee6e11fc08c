"""Writing a generated file, or finding out that it is out of date."""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def settle(path, text, remedy):
    """Makes the file's text this one. With --check on the command line nothing is written: says that
    `remedy` is to be run if the file differs. The exit status: 1 if it was out of date then."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return 0
    if "--check" in sys.argv[1:]:
        print(f"{path.resolve().relative_to(ROOT)}: out of date; run {remedy}")
        return 1
    path.write_text(text, encoding="utf-8")
    return 0
