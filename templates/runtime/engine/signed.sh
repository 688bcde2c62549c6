# ---- signed: a host that wants signed scripts alone -----------------------------------------------------------
#
# It keeps an operator from running, out of habit, what nobody signed. It is no barrier: whoever changes a script takes this out, and
# whoever is root takes the file away. What proves a script before it is read is lvsgen-run, which becomes this very process.

signed_only=/etc/lvsgen/signed_only # of this host, with --root too: it is here that the script runs

# What undoes or confirms is named by what can be typed: where signed scripts alone run, the copy that an apply has left, once it is this one's.
# Below --root that alone is meant, and not the host that this runs on.
name_again() { # -> $again
  local line='' kept=/etc/lvsgen/$cluster/$role.sh
  again=$script
  [[ -z $root ]] || printf -v again '%s --root %q --host %q' "$script" "$root" "$host"
  [[ -z $root && (-e $signed_only || -L $signed_only) && -f $kept ]] || return 0
  while IFS= read -r line; do
    [[ $line != lvsgen_sum=* ]] || break
  done <"$kept"
  [[ $line != "lvsgen_sum=$lvsgen_sum "* ]] || again=$kept
}

refuse_unsigned() {
  local kept=/etc/lvsgen/$cluster/$role.sh watching=/var/lib/lvsgen/$cluster/$role/script place=. inside='' run=/usr/local/sbin/lvsgen-run
  [[ -e $signed_only || -L $signed_only ]] || return 0
  [[ ${LVSGEN_RUN:-} != "$$" ]] || return 0
  # Left there by a run that was signed: what was applied last, and what --confirm starts.
  [[ ! $script_path -ef $kept && ! $script_path -ef $watching ]] || return 0
  [[ -z ${command_has["$command unsigned"]:-} ]] || return 0
  [[ $script_path != */* ]] || place=${script_path%/*}
  place=$(cd -P -- "$place" 2>/dev/null && pwd) || place=DIR
  # The folder of a single host is signed as a part of the whole.
  if [[ $place == */hosts/* && ! -e $place/SHA256SUMS.signed ]]; then
    inside=hosts/${place##*/}/ place=${place%/hosts/*}
  fi
  [[ -x $run ]] || run=lvsgen-run
  local -a remedies=("Nothing was changed. With the same arguments: sudo $run $place $inside$script ...")
  [[ -f $kept ]] || remedies+=("Another cluster of this host asks for it. Where no key for this one is here, root can take $signed_only away; the next apply of that other one puts it back.")
  [[ ! -f $kept ]] || remedies+=("The script that was applied last needs no signature any more: sudo bash $kept ...")
  die 77 "this host runs signed scripts alone ($signed_only), and this one was not started by lvsgen-run" "${remedies[@]}" # never empty
}
