"""`python -m deploy` starts a class server on this machine: two replicas behind nginx, until Ctrl+C."""

import argparse
import signal

from deploy.class_server import PORT, REPLICAS, class_server


def main() -> None:
    """Runs until it is interrupted or terminated."""
    parser = argparse.ArgumentParser(prog="python -m deploy", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT, help="where nginx listens (%(default)s)")
    parser.add_argument("--replicas", type=int, nargs=2, default=REPLICAS, help="ports of the replicas (%(default)s)")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with class_server(chosen.port, tuple(chosen.replicas)) as server:
            print(f"Open {server.address} (Ctrl+C ends it)", flush=True)
            signal.pause()
    except KeyboardInterrupt:
        print("Ended.")
    except (FileNotFoundError, ChildProcessError, TimeoutError) as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
