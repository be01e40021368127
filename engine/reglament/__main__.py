"""From `python -m reglament` to the command line."""

from reglament.interfaces.cli import main

if __name__ == "__main__":
    main()
