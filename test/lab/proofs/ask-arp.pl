#!/usr/bin/perl
# ask-arp.pl CARD OWN-ADDRESS WANTED-ADDRESS INTERVAL STOP
# Asks the segment who has an address, every INTERVAL seconds, always by broadcast, until a file STOP is there.
# Prints how often. arping cannot ask more than once a second.
use strict;
use warnings;
use Socket;
use Time::HiRes qw(sleep);

my ($card, $own, $wanted, $interval, $stop) = @ARGV;
my ($packet_family, $arp, $any) = (17, 0x0806, "\xff" x 6);

sub of_card {
  my ($name) = @_;
  open my $file, '<', "/sys/class/net/$card/$name" or die "$card: $!\n";
  chomp(my $line = <$file>);
  return $line;
}

my $mac = pack 'H12', of_card('address') =~ tr/://dr;
# struct sockaddr_ll of packet(7), and an ARP request of RFC 826 in its Ethernet frame.
my $to = pack 'S n i S C C a8', $packet_family, $arp, of_card('ifindex'), 1, 0, 6, $any;
my $request = pack 'a6 a6 n n n C C n a6 a4 a6 a4',
  $any, $mac, $arp, 1, 0x0800, 6, 4, 1, $mac, inet_aton($own), "\0" x 6, inet_aton($wanted);

socket my $wire, $packet_family, SOCK_RAW, 0 or die "socket: $!\n";
my $asked = 0;
until (-e $stop) {
  send $wire, $request, 0, $to and $asked++;
  sleep $interval;
}
print "$asked\n";
