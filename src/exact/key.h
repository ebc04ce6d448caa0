/* Keys: signed integers in the order -infinity < finite < +infinity < NaN, -0 before +0 (spec/rules.md, section 1).
 *
 * A non-negative word is its own key; a negative one of magnitude m has the key -1-m. Every NaN has the one key QUIET_NAN.
 */
#ifndef CERTIGAR_KEY_H
#define CERTIGAR_KEY_H

#include "acsl/number.h"

/*@ logic integer KeyOf(integer b) =
  @   b % SIGN > SPECIAL ? QUIET_NAN : b >= SIGN ? -1 - b % SIGN : b;
  @ logic integer WordOf(integer k) = k < 0 ? SIGN + (-1-k) : k;
  @*/

/*@ requires b: b < 2*SIGN;
    terminates \true; exits \false; assigns \nothing;
    ensures key: \result == KeyOf(b);
    ensures range: IsKey(\result);
    ensures back: WordOf(\result) == b || \result == QUIET_NAN; */
KERNEL key key_of_word(word b);

/*@ requires k: IsKey(k);
    terminates \true; exits \false; assigns \nothing;
    ensures word: \result == WordOf(k);
    ensures back: KeyOf(\result) == k; */
KERNEL word word_of_key(key k);

/* A row of words to keys; returns whether one of the words is a NaN or an infinity. */
/*@ requires words: \valid_read(words + (0 .. LANES-1));
    requires keys: \valid(keys + (0 .. LANES-1));
    requires apart: \separated(words + (0 .. LANES-1), keys + (0 .. LANES-1));
    requires b: \forall integer l; 0 <= l < LANES ==> words[l] < 2*SIGN;
    terminates \true; exits \false; assigns keys[0 .. LANES-1];
    ensures keys: \forall integer l; 0 <= l < LANES ==> keys[l] == KeyOf(words[l]);
    ensures range: \forall integer l; 0 <= l < LANES ==> IsKey(keys[l]);
    ensures finite: \result == 0 <==> \forall integer l; 0 <= l < LANES ==> Finite(keys[l]); */
KERNEL int keys_of_words(const word *restrict words, key *restrict keys);

/*@ requires keys: \valid_read(keys + (0 .. LANES-1));
    requires words: \valid(words + (0 .. LANES-1));
    requires apart: \separated(words + (0 .. LANES-1), keys + (0 .. LANES-1));
    requires k: \forall integer l; 0 <= l < LANES ==> IsKey(keys[l]);
    terminates \true; exits \false; assigns words[0 .. LANES-1];
    ensures words: \forall integer l; 0 <= l < LANES ==> words[l] == WordOf(keys[l]); */
KERNEL void words_of_keys(const key *restrict keys, word *restrict words);

#endif
