"""One link as files, from the command line: `python -m exports LINK --csv runs.csv --code optax`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from exports import LIBRARIES, follow, to_code, to_csv, to_gif, to_handout, to_html, to_json, to_png, to_svg


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes what is asked for; 2 with a sentence where something is wrong."""
    asked = parser().parse_args(arguments)
    try:
        linked = follow(asked.link)
        if asked.html:
            asked.html.write_text(to_html(linked.experiment, linked.title, linked.scale), encoding="utf-8")
        if asked.gif:
            asked.gif.write_bytes(to_gif(linked.experiment, linked.scale))
        if asked.png:
            asked.png.write_bytes(to_png(linked.experiment, linked.scale))
        if asked.svg:
            asked.svg.write_text(to_svg(linked.experiment, linked.scale), encoding="utf-8")
        if asked.handout:
            asked.handout.write_text(to_handout(linked.experiment, linked.title, linked.scale), encoding="utf-8")
        if asked.csv:
            asked.csv.write_text(to_csv(linked.experiment), encoding="utf-8")
        if asked.json:
            asked.json.write_text(to_json(linked.experiment, linked.title), encoding="utf-8")
        if asked.code:
            sys.stdout.write(to_code(linked.experiment, asked.code))
    except (ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def parser() -> argparse.ArgumentParser:
    """What can be asked for."""
    made = argparse.ArgumentParser(prog="python -m exports", description="Writes the experiment of a link to files.")
    made.add_argument("link", metavar="LINK", help="the address of a page, or what stands behind its question mark")
    made.add_argument("--html", type=Path, metavar="FILE", help="a page that plays without a server")
    made.add_argument("--gif", type=Path, metavar="FILE", help="the paths as they grow, as an animation")
    made.add_argument("--png", type=Path, metavar="FILE", help="the paths as they end, as a picture")
    made.add_argument("--svg", type=Path, metavar="FILE", help="the same in lines that stay sharp at any size")
    made.add_argument("--handout", type=Path, metavar="FILE", help="a page to print: picture, question, numbers")
    made.add_argument("--csv", type=Path, metavar="FILE", help="the trajectories as a table")
    made.add_argument("--json", type=Path, metavar="FILE", help="the experiment, to be opened again")
    made.add_argument("--code", choices=LIBRARIES, help="the experiment as code, printed")
    return made


if __name__ == "__main__":
    sys.exit(main())
