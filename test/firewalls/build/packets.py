#!/usr/bin/env python3
"""Packets as a director or a client sends them, and what of them gets through a host's firewall.

    packets.py knock tcp|udp HOST PORT [SECONDS]   exit 0 where somebody answers within that time (0.7)
    packets.py answer tcp|udp PORT...         returns when it listens, and answers whoever knocks until it is ended
    packets.py send NUMBER SOURCE HOST        one packet of this IP protocol, with nothing of use in it
    packets.py hear NUMBER FILE               writes to FILE the source of each packet of this protocol that came through
    packets.py speak DEVICE sync|vrrp=SOURCE...   what directors say to each other, in the name of SOURCE: VRRP to one of them and to all
    packets.py listen DEVICE OTHER FILE       as a director does, OTHER for the sync by IPv6; writes to FILE what came through: vrrp|sync SOURCE DESTINATION
    packets.py clients HOST PORT N            for N connections of clients: SYN, ACK, FIN; no answer is waited for
    packets.py count HOST PORT FILE           writes to FILE how many of each came through to this port
"""
import os
import select
import socket
import struct
import sys
import time


def knock(protocol, host, port, seconds=0.7):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM) as one:
        one.settimeout(float(seconds))
        try:
            one.connect((host, int(port)))
            if protocol == "udp":
                one.send(b"?")
            return one.recv(1) == b"!"
        except OSError:
            return False


def answer(protocol, *ports):
    sockets = []
    for port in ports:
        one = socket.socket(socket.AF_INET6, socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        one.bind(("::", int(port)))
        if protocol == "tcp":
            one.listen(64)
        sockets.append(one)
    if os.fork():
        return
    os.setsid()
    while True:
        for one in select.select(sockets, [], [])[0]:
            if protocol == "udp":
                one.sendto(b"!", one.recvfrom(9)[1])
            else:
                with one.accept()[0] as client:
                    client.send(b"!")


def checksum(data):
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def sender(number):
    one = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
    return lambda source, host, body: one.sendto(
        struct.pack(
            "!BBHHHBBH4s4s", 0x45, 0, 20 + len(body), 0, 0, 64, number, 0, socket.inet_aton(source), socket.inet_aton(host)
        )
        + body,
        (host, 0),
    )


def send(number, source, host):
    sender(int(number))(source, host, b"\0" * 32)


def hear(number, path):
    one = socket.socket(socket.AF_INET, socket.SOCK_RAW, int(number))
    with open(path, "w", buffering=1) as out:
        while True:
            print(one.recvfrom(65535)[1][0], file=out)


VRRP, SYNC_PORT, SYNC_GROUP = 112, 8848, {4: "224.0.0.81", 6: "ff12::8848"}
DIRECTOR, ALL_ROUTERS = {4: "192.168.80.10", 6: "fd00:80::10"}, {4: "224.0.0.18", 6: "ff02::12"}


def sender6(device, number):
    one = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_RAW)
    one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, socket.if_nametoindex(device))
    return lambda source, host, body: one.sendto(
        struct.pack("!IHBB", 6 << 28, len(body), number, 255)
        + socket.inet_pton(socket.AF_INET6, source)
        + socket.inet_pton(socket.AF_INET6, host)
        + body,
        (host, 0),
    )


def speak(device, *words):
    for word in words:
        what, source = word.split("=")
        family = 6 if ":" in source else 4
        number = socket.IPPROTO_UDP if what == "sync" else VRRP
        put = sender6(device, number) if family == 6 else sender(number)
        if what == "sync":
            put(source, SYNC_GROUP[family], datagram(source, SYNC_GROUP[family]))
            continue
        for host in (DIRECTOR[family], ALL_ROUTERS[family]):
            put(source, host, b"\0" * 32)


def datagram(source, host):
    """IPv6 takes none without a checksum, IPv4 does."""
    head = struct.pack("!HHH", 50000, SYNC_PORT, 16)
    if ":" not in host:
        return head + b"\0" * 10
    pseudo = socket.inet_pton(socket.AF_INET6, source) + socket.inet_pton(socket.AF_INET6, host) + struct.pack("!II", 16, 17)
    return head + struct.pack("!H", checksum(pseudo + head)) + b"\0" * 8


def listen(device, other, path):
    def joined(group, name=device):
        index = socket.if_nametoindex(name)
        if ":" in group:
            return socket.inet_pton(socket.AF_INET6, group) + struct.pack("=I", index)
        return socket.inet_aton(group) + struct.pack("=4si", b"\0" * 4, index)

    four = socket.socket(socket.AF_INET, socket.SOCK_RAW, VRRP)
    four.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, joined(ALL_ROUTERS[4]))
    six = socket.socket(socket.AF_INET6, socket.SOCK_RAW, VRRP)
    six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, joined(ALL_ROUTERS[6]))
    six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVPKTINFO, 1)
    sync = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sync.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, joined(SYNC_GROUP[4]))
    sync.bind((SYNC_GROUP[4], SYNC_PORT))
    sync6 = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    sync6.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, joined(SYNC_GROUP[6], other))
    sync6.bind((SYNC_GROUP[6], SYNC_PORT, 0, socket.if_nametoindex(other)))
    with open(path, "w", buffering=1) as out:
        while True:
            for one in select.select([four, six, sync, sync6], [], [])[0]:
                packet, extra, _, (source, *_) = one.recvmsg(65535, 64)
                if one is four:
                    print("vrrp", source, socket.inet_ntoa(packet[16:20]), file=out)
                elif one is six:
                    print("vrrp", source.split("%")[0], socket.inet_ntop(socket.AF_INET6, extra[0][2][:16]), file=out)
                else:
                    print("sync", source.split("%")[0], SYNC_GROUP[4 if one is sync else 6], file=out)


SYN, ACK, FIN = 2, 16, 1


def clients(host, port, number):
    put = sender(socket.IPPROTO_TCP)
    source = "192.168.80.200"
    for i in range(int(number)):
        for sequence, acknowledged, flags in ((1000, 0, SYN), (1001, 5001, ACK), (1001, 5001, FIN | ACK)):
            head = struct.pack("!HHIIBBHHH", 20000 + i, int(port), sequence, acknowledged, 0x50, flags, 8192, 0, 0)
            pseudo = socket.inet_aton(source) + socket.inet_aton(host) + struct.pack("!BBH", 0, 6, len(head))
            put(source, host, head[:16] + struct.pack("!H", checksum(pseudo + head)) + head[18:])
        if i % 50 == 0:
            time.sleep(0.01)


def count(host, port, path):
    one = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    names, found = {SYN: "SYN", ACK: "ACK", FIN | ACK: "FIN"}, {"SYN": 0, "ACK": 0, "FIN": 0}
    while True:
        packet = one.recvfrom(200)[0]
        head = packet[(packet[0] & 15) * 4 :]
        if packet[16:20] == socket.inet_aton(host) and struct.unpack("!H", head[2:4])[0] == int(port) and head[13] in names:
            found[names[head[13]]] += 1
            with open(path, "w") as out:
                print(" ".join("%s=%d" % one for one in found.items()), file=out)


if __name__ == "__main__":
    functions = {f.__name__: f for f in (knock, answer, send, hear, speak, listen, clients, count)}
    sys.exit(0 if functions[sys.argv[1]](*sys.argv[2:]) is not False else 1)
