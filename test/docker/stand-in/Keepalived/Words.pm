package Keepalived::Words;
# keepalived.conf as a tree: a line is a list of words, and a block has lines within.
use strict;
use Exporter 'import';
our @EXPORT_OK = qw(read_words value all);

# Undef where there is no such file, or a block is not closed.
sub read_words {
    my ($file) = @_;
    open my $in, '<', $file or return;
    my @open = ({ words => [], within => [] });
    while (my $line = <$in>) {
        my @words;
        while ($line =~ /\G\s*(?:"((?:[^"\\]|\\.)*)"|([#!].*)|([^\s"]+))/gc) {
            last if defined $2;
            push @words, $1 // $3;
        }
        next unless @words;
        if ($words[0] eq '}') { pop @open; return unless @open; next }
        my $block = $words[-1] eq '{' && pop @words;
        my $node = { words => \@words, within => [] };
        push @{ $open[-1]{within} }, $node;
        push @open, $node if $block;
    }
    return @open == 1 ? $open[0] : undef;
}

# The lines in a block that begin with that word.
sub all { my ($node, $name) = @_; return grep { ($_->{words}[0] // '') eq $name } @{ $node->{within} } }

# What stands behind it in the last of them.
sub value {
    my ($node, $name) = @_;
    my $line = (all($node, $name))[-1] or return;
    return wantarray ? @{ $line->{words} }[1 .. $#{ $line->{words} }] : $line->{words}[1] // '';
}

1;
