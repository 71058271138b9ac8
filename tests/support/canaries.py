"""Words that must not get out, and the search for them: in whatever clothes they went.

    found(words, content)      of the words, those that stand in the bytes
    self_test(words)           each word in each of its clothes is found: a search that cannot find
                               anything proves nothing
    files_with(words, place)   path below the place, and what was found in that file
"""
import base64
import functools
import json
import pathlib
import urllib.parse

SHORTEST = 6  # of what base64 keeps of a word; less stands anywhere by chance


def cores(word):
    """What base64 makes of the word, wherever it begins in the whole; without what its neighbours
    share in. Both alphabets."""
    raw = word.encode()
    for shift in range(3):
        text = base64.b64encode(bytes(shift) + raw)
        core = text[(0, 2, 3)[shift]:len(raw + bytes(shift)) // 3 * 4]
        if len(core) >= SHORTEST:
            yield core
            yield core.replace(b"+", b"-").replace(b"/", b"_")


@functools.lru_cache(None)
def clothes(word):
    """Needles for the content in small letters, and needles for the content as it is."""
    plain = word.lower()
    percent = "".join(f"%{byte:02x}" for byte in word.lower().encode())
    small = {plain.encode(), plain.encode("utf-16-le"), plain.encode("utf-16-be"),
             urllib.parse.quote(plain, safe="").lower().encode(),
             urllib.parse.quote_plus(plain).lower().encode(), percent.encode(),
             json.dumps(plain)[1:-1].lower().encode(), plain.encode("ascii", "xmlcharrefreplace"),
             word.encode().hex().encode(), plain.encode().hex().encode()}
    if not word.isascii():
        small.add(plain.encode("latin-1", "ignore"))
    return frozenset(small), frozenset(cores(word)) | frozenset(cores(plain))


def found(words, content):
    content = bytes(content)
    lower = content.lower()
    return [word for word in words
            if any(needle in lower for needle in clothes(word)[0])
            or any(needle in content for needle in clothes(word)[1])]


def self_test(words):
    """Those words that are not found in some of their clothes, or where they do not stand."""
    missed = []
    for word in words:
        small, exact = clothes(word)
        for needle in small | exact:
            if word not in found([word], b"\0noise" + needle + b"noise\0"):
                missed.append((word, needle))
        for dressed in (word.upper() if word.isascii() else word, f"x{word}y"):
            for more in (dressed.encode(), base64.b64encode(dressed.encode()),
                         base64.urlsafe_b64encode(b"ab" + dressed.encode())):
                if dressed.isupper() and more != dressed.encode():
                    continue  # base64 of capitals is another word's
                if word not in found([word], more):
                    missed.append((word, more))
        if found([word], b"nothing of it, and many more words that somebody may say"):
            missed.append((word, b""))
    return missed


def files_with(words, place):
    place = pathlib.Path(place)
    hits = {}
    for path in sorted(place.rglob("*")):
        name = str(path.relative_to(place))
        if path.is_file() and not path.is_symlink():
            inside = found(words, path.read_bytes())
            if inside:
                hits[name] = inside
        named = found(words, path.name.encode())
        if named:
            hits[name] = hits.get(name, []) + named
    return hits
