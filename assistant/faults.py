"""What the command line tells a person, and the code it then ends with."""


class Fault(Exception):  # noqa: N818
    """What went wrong, in one sentence for the person at the keyboard."""

    code = 1


class Usage(Fault):
    """The command's words are off."""

    code = 2
