#!/usr/bin/perl
# A local user's side of a race, as fast as it goes: race.pl USER WAY NAME TARGET COUNT. Whenever NAME is there, it is renamed
# away and a symbolic link to TARGET put in its place; `back`: and the other way round; `fifo`: a file and a FIFO take turns.
# How often that was done stands in COUNT; SIGTERM ends it.
use strict;
use warnings;
use POSIX ();
my ($user, $way, $name, $target, $count) = @ARGV;
open(my $counter, '>', $count) or die;
my ($uid, $gid) = (getpwnam($user))[2, 3];
$) = "$gid $gid";
POSIX::setgid($gid);
POSIX::setuid($uid);
my $tries = 0;
my $done  = 0;
$SIG{TERM} = sub { $done = 1 };
my $end = time + 90;

# Each number takes the place of the one before, so that a reader always finds one.
sub success {
    $tries++;
    sysseek($counter, 0, 0);
    syswrite($counter, sprintf("%-9d\n", $tries));
}
while (!$done && time < $end) {
    if ($way eq 'fifo') {
        rename("$name.file", $name);
        rename($name, "$name.file") && rename("$name.fifo", $name) && success();
        rename($name, "$name.fifo");
    } elsif (-l $name) {
        unlink($name);
        rename("$name.away", $name) if $way eq 'back';
    } elsif (rename($name, "$name.away")) {
        symlink($target, $name) && success();
    }
}
