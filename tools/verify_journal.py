#!/usr/bin/env python3
"""Checks an exported journal. Written from docs/journal-format.md; needs nothing but Python 3.
usage: verify_journal.py FOLDER --key KEY [--against FILE ...]
KEY is the journal's public key (a signed-note verifier key), from somewhere that you trust. FILE is
a checkpoint that was kept elsewhere: a signed one, or lines of SIZE:ROOT. Exit code 0: whole; 1: not.
"""
import base64, hashlib, os, sys

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P

def point(data):  # RFC 8032, 5.1.3: None for bytes that are no point
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - x2) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)

def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)

def times(s, p):
    q = (0, 1, 1, 0)
    while s:
        q, p, s = add(q, p) if s & 1 else q, add(p, p), s >> 1
    return q

def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0

BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))

def signed(public, message, signature):  # RFC 8032, 5.1.7
    a, r, s = point(public), point(signature[:32]), int.from_bytes(signature[32:], "little")
    small = lambda p: same(times(8, p), (0, 1, 1, 0))
    if len(signature) != 64 or a is None or r is None or s >= L or small(a) or small(r):
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return same(times(s, BASE), add(r, times(h, a)))

def sha(data):
    return hashlib.sha256(data).digest()

def verifier(text):
    name, ident, key = text.strip().split("+", 2)
    key = base64.b64decode(key, validate=True)
    if key[0] != 1 or len(key) != 33 or sha(name.encode() + b"\n" + key)[:4].hex() != ident:
        raise ValueError("the key is not a log's verifier key")
    return name, bytes.fromhex(ident), key[1:]

def opened(note, log):  # a checkpoint's size and root, if the log signed it and it is the log's own
    text, _, lines = note.rpartition("\n\n")
    text, found = text + "\n", False
    if not lines.endswith("\n"):
        raise ValueError("the checkpoint is cut short")
    for line in lines[:-1].split("\n"):
        dash, name, value = line.split(" ")
        value = base64.b64decode(value, validate=True)
        if dash != "\u2014" or len(value) < 5:
            raise ValueError("a signature line is damaged")
        if name == log[0] and value[:4] == log[1]:
            if not signed(log[2], text.encode(), value[4:]):
                raise ValueError("the log's signature is not genuine")
            found = True
    origin, size, root = text.split("\n")[:3]
    if not found or origin != log[0] or not size.isdigit() or str(int(size)) != size:
        raise ValueError("the log has not signed this checkpoint")
    return int(size), base64.b64decode(root, validate=True)

def number(index, width):
    path, index = "%03d" % (index % 1000), index // 1000
    while index:
        path, index = "x%03d/%s" % (index % 1000, path), index // 1000
    return path if width == 256 else "%s.p/%d" % (path, width)

def main(folder, key, against):
    log, wrong = verifier(key), []
    read = lambda path: open(os.path.join(folder, path), "rb").read()
    size, root = opened(read("checkpoint").decode(), log)
    known = [(size, root, "the signed checkpoint")]
    for name in sorted(os.listdir(os.path.join(folder, "checkpoints"))):
        known.append(opened(read("checkpoints/" + name).decode(), log) + (name,))
    for file in against:
        text = open(file, encoding="utf-8").read()
        if "\n\n" in text:
            known.append(opened(text, log) + (file,))
        else:
            pairs = [word.split(":") for word in text.split()]
            known += [(int(a), bytes.fromhex(b), file) for a, b in pairs]
    payloads = {}
    if os.path.exists(os.path.join(folder, "payloads")):
        for line in read("payloads").decode().splitlines():
            entry, salt, words = line.split(" ")
            payloads[int(entry)] = bytes.fromhex(salt) + base64.b64decode(words, validate=True)
    levels, edge, last = [[] for _ in range(9)], [], b""  # tree levels 0, 8, 16 ...; peaks; last leaf
    for seq in range(size):
        if seq % 256 == 0:
            bundle, at = read("tile/entries/" + number(seq // 256, min(256, size - seq))), 0
        length = int.from_bytes(bundle[at : at + 2], "big")
        entry, at = bundle[at + 2 : at + 2 + length], at + 2 + length
        if at > len(bundle) or ((seq + 1) % 256 == 0 or seq + 1 == size) and at != len(bundle):
            raise ValueError("the bundle of entry %d is damaged" % seq)
        lines = dict(l.split(" ", 1) for l in reversed(entry.decode(errors="replace").split("\n")) if " " in l)
        if lines.get("entry") != str(seq) or lines.get("after", "") != last.hex():
            wrong.append("entry %d does not follow the one before it" % seq)
        if seq in payloads and sha(payloads.pop(seq)).hex() != lines.get("payload-sha256"):
            wrong.append("the personal part of entry %d was changed" % seq)
        last = sha(b"\0" + entry)
        node, level, index = last, 0, seq
        levels[0].append(node)
        while index & 1:
            node, level, index = sha(b"\1" + edge.pop() + node), level + 1, index >> 1
            if level % 8 == 0:
                levels[level // 8].append(node)
        edge.append(node)
        for other in [it for it in known if it[0] == seq + 1]:
            whole = edge[-1]
            for peak in reversed(edge[:-1]):
                whole = sha(b"\1" + peak + whole)
            if whole != other[1]:
                wrong.append("the first %d entries are not those of %s" % (other[0], other[2]))
    wrong += ["%s has %d entries" % (it[2], it[0]) for it in known if it[0] > size]
    wrong += ["there is no entry %d for a personal part" % seq for seq in payloads]
    for level, hashes in enumerate(levels):
        for first in range(0, len(hashes), 256):
            some = hashes[first : first + 256]
            if read("tile/%d/%s" % (level, number(first // 256, len(some)))) != b"".join(some):
                wrong.append("a tile of level %d is not that of the entries" % level)
    print("\n".join(wrong) or "whole: %d entries, root %s" % (size, root.hex()))
    return 1 if wrong else 0

if __name__ == "__main__":
    words = sys.argv[1:]
    if len(words) < 3 or words[1] != "--key" or (len(words) > 3 and words[3] != "--against"):
        sys.exit(__doc__)
    try:
        sys.exit(main(words[0], words[2], words[4:]))
    except (OSError, ValueError, LookupError) as error:
        sys.exit("changed, or damaged: %s" % error)
