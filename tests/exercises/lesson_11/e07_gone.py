"""Answers to 11.7: right ones, and wrong ones with the hint that each must get."""


def by_find(before, after, needle):
    words = {}
    for name in [*before, *(name for name in after if name not in before)]:
        was = name in before and before[name].find(needle) >= 0
        is_there = name in after and after[name].find(needle) >= 0
        words[name] = "there" if is_there else "gone" if was else "no proof"
    return words


def by_table(before, after, needle):
    table = {(True, True): "there", (False, True): "there", (True, False): "gone", (False, False): "no proof"}
    names = set(before).union(after)
    return {name: table[needle in before.get(name, b""), needle in after.get(name, b"")] for name in names}


def every_file_is_clean(before, after, needle):
    return dict.fromkeys(before, "gone")


def not_found_is_gone(before, after, needle):
    return {name: "there" if needle in after.get(name, b"") else "gone" for name in {**before, **after}}


def stops_at_a_deleted_file(before, after, needle):
    return {name: "there" if needle in after[name] else "gone" for name in before}


def files_before(before, after, needle):
    return {name: by_find(before, after, needle)[name] for name in before}


RIGHT = [by_find, by_table]

WRONG = [
    ("smallest case", every_file_is_clean),
    ("nothing found is gone", not_found_is_gone),
    ("only files from before", files_before),
    ("stops with an error", lambda before, after, needle: after["gallery.npz"]),
    ("arguments", lambda before, after: {}),
    ("not a function", {"gallery": "gone"}),
]
