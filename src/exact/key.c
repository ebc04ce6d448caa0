/* Words to keys and back: see key.h. */
#include "exact/key.h"

KERNEL key key_of_word(word b)
{
  word m = b % SIGN;
  return m > SPECIAL ? QUIET_NAN : b >= SIGN ? -1 - (key)m : (key)m;
}

KERNEL word word_of_key(key k)
{
  return k < 0 ? (word)(SIGN + (word)(-1 - k)) : (word)k;
}

KERNEL int keys_of_words(const word *restrict words, key *restrict keys)
{
  word nonfinite = 0;
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant keys: \forall integer i; 0 <= i < l ==> keys[i] == KeyOf(words[i]) && IsKey(keys[i]);
      loop invariant finite: nonfinite == 0 <==> \forall integer i; 0 <= i < l ==> Finite(keys[i]);
      loop invariant flag: nonfinite == 0 || nonfinite == 1;
      loop assigns l, nonfinite, keys[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) {
    keys[l] = key_of_word(words[l]);
    nonfinite = words[l] % SIGN >= SPECIAL ? 1 : nonfinite;
  }
  return nonfinite != 0;
}

KERNEL void words_of_keys(const key *restrict keys, word *restrict words)
{
  /*@ loop invariant l: 0 <= l <= LANES;
      loop invariant words: \forall integer i; 0 <= i < l ==> words[i] == WordOf(keys[i]);
      loop assigns l, words[0 .. LANES-1];
      loop variant LANES - l; */
  for (int l = 0; l < LANES; l++) words[l] = word_of_key(keys[l]);
}
