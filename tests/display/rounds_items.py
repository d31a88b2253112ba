# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Takes apart what org.a11y.atspi.Cache.GetItems answers, as GVariant lays it out in memory.

All that PyGObject does value by value takes longer than all the rest of a look at the tree. What the items
mean is in rounds_tree.py.
"""

import functools
import struct
import sys

TYPE = "(a((so)(so)(so)iiassusau))"
N_OFFSETS = 6  # of the members of an item whose length varies, but for the last


def offset_size(size):
    """How many bytes GVariant takes in a container of this size to say where a member ends."""
    return 1 if size < 1 << 8 else 2 if size < 1 << 16 else 4


def read_offsets(data, size):
    return struct.unpack(f"={len(data) // size}{'BHxI'[size - 1]}", data)


def align(position):
    return position + 3 & ~3


def read_text(data):
    return data[:-1].decode()


def read_reference(data):
    """(so): who and where."""
    size = offset_size(len(data))
    middle = int.from_bytes(data[-size:], sys.byteorder)
    return read_text(data[:middle]), read_text(data[middle:-size])


def read_texts(data):
    """as."""
    if not data:
        return []
    size = offset_size(len(data))
    begin = int.from_bytes(data[-size:], sys.byteorder)
    ends = read_offsets(data[begin:], size)
    return [read_text(data[start:end]) for start, end in zip((0, *ends), ends)]


@functools.lru_cache(maxsize=4096)
def read_item(data):
    """((so)(so)(so)iiassusau). From one look to the next most of them stay as they are."""
    size = offset_size(len(data))
    end = len(data) - N_OFFSETS * size
    name, role, parent, interfaces, place, words = reversed(read_offsets(data[end:], size))
    numbers = align(parent)
    index, n_children = struct.unpack_from("=ii", data, numbers)
    kind, = struct.unpack_from("=I", data, align(place))
    return (read_reference(data[:name]), read_reference(data[name:role]),
            read_reference(data[role:parent]), index, n_children,
            read_texts(data[numbers + 8:interfaces]), read_text(data[interfaces:place]), kind,
            read_text(data[align(place) + 4:words]), struct.unpack_from("=II", data, align(words)))


def read_items(answer):
    """The items of an answer, each as unpack() would give it."""
    assert answer.get_type_string() == TYPE, answer.get_type_string()
    data = answer.get_data_as_bytes().get_data()
    if not data:
        return []
    size = offset_size(len(data))
    begin = int.from_bytes(data[-size:], sys.byteorder)
    ends = read_offsets(data[begin:], size)
    items = []
    start = 0
    for end in ends:
        items.append(read_item(data[align(start):end]))
        start = end
    return items
