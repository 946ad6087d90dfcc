"""How a JSON object is read field by field: unknown fields are refused by name, missing ones get their default."""

import datetime

from exact import PlanError, read

REQUIRED = object()


def refuse(where, why):
    raise PlanError(f"{where}: {why}")


def members(table):
    """A reader of an object. The table has (reader, default) by field; REQUIRED where there is no default."""

    def reader(value, where):
        if not isinstance(value, dict):
            refuse(where, "expected an object")
        for name in value:
            if name not in table:
                refuse(where, f"unknown field {name}")
        result = {}
        for name, (read_field, default) in table.items():
            if name in value:
                result[name] = read_field(value[name], f"{where}.{name}")
            elif default is REQUIRED:
                refuse(where, f"needs {name}")
            else:
                result[name] = default
        return result

    return reader


def decimal(value, where):
    return read(value, where)


def amount(value, where):
    figure = read(value, where)
    return figure if figure >= 0 else refuse(where, "may not be negative")


def positive(value, where):
    figure = read(value, where)
    return figure if figure > 0 else refuse(where, "must be above 0")


def whole_number(value, where):
    figure = amount(value, where)
    return figure if figure.denominator == 1 else refuse(where, "must be a whole number")


def integer(low, high):
    def reader(value, where):
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            refuse(where, f"expected a whole number from {low} to {high}")
        return value

    return reader


def text(value, where):
    return value if isinstance(value, str) else refuse(where, "expected a text")


def boolean(value, where):
    return value if isinstance(value, bool) else refuse(where, "expected true or false")


def choice(*names):
    def reader(value, where):
        return value if value in names else refuse(where, f"{value!r} is none of {', '.join(names)}")

    return reader


def listing(item, least=0):
    def reader(value, where):
        if not isinstance(value, list) or len(value) < least:
            refuse(where, f"expected a list of at least {least}")
        return [item(each, f"{where}[{number}]") for number, each in enumerate(value)]

    return reader


def by_name(item):
    def reader(value, where):
        if not isinstance(value, dict):
            refuse(where, "expected an object")
        return {name: item(each, f"{where}.{name}") for name, each in value.items()}

    return reader


def day(value, where):
    try:
        return datetime.datetime.strptime(text(value, where), "%Y-%m-%d").date()
    except ValueError:
        return refuse(where, "expected a day such as 2026-12-01")


def instant(value, where):
    try:
        return datetime.datetime.strptime(text(value, where), "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return refuse(where, "expected an instant such as 2026-12-01T12:00:00Z")


def offset(value, where):
    written = text(value, where)
    try:
        minutes = int(written[1:3]) * 60 + int(written[4:6])
    except ValueError:
        return refuse(where, "expected an offset such as +05:30")
    if len(written) != 6 or written[0] not in "+-" or written[3] != ":" or minutes > 24 * 60:
        return refuse(where, "expected an offset such as +05:30")
    return datetime.timedelta(minutes=-minutes if written[0] == "-" else minutes)


WHERE = by_name(listing(text, 1))
