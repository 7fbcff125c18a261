"""`python -m tawthiq`: the same as the command `tawthiq`."""

from tawthiq.cli.main import main

if __name__ == "__main__":
    main()
