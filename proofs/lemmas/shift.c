/* Lemma functions about shifts: see shift.h. */
#include "lemmas/shift.h"
#include "lemmas/power.h"

/*@ ghost
  /@ requires s: 0 <= s && 0 <= t;
     terminates \true; exits \false; assigns \nothing;
     ensures shl: ((x << s) << t) == (x << (s+t));
     ensures shr: ((x >> s) >> t) == (x >> (s+t)); @/
  void lemma_shift_add(uint64_t x, int s, int t)
  {
  }
*/

/*@ ghost
  void lemma_shl(uint64_t x, int s)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= s;
       loop invariant p: (x << i) == Up(x,i);
       loop assigns i; loop variant s - i; @/
    for (; i < s; i++) {
      lemma_shift_add(x, i, 1);
      /@ assert step: Up(x,i+1) == 2*Up(x,i); @/
    }
    /@ assert end: i == s; @/
  }
*/

/*@ ghost
  void lemma_shr(uint64_t x, int s)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= s;
       loop invariant pos: 0 <= (x >> i);
       loop invariant low: Up(x >> i, i) <= x;
       loop invariant high: x < Up((x >> i) + 1, i);
       loop assigns i; loop variant s - i; @/
    for (; i < s; i++) {
      lemma_shift_add(x, i, 1);
      lemma_up_add(i);
      lemma_up_mono(i);
      /@ assert half: (x >> (i+1)) == (x >> i)/2; @/
      /@ assert low: Up((x >> i)/2, i+1) == 2*Up((x >> i)/2, i); @/
      /@ assert high: Up((x >> i)/2 + 1, i+1) == 2*Up((x >> i)/2 + 1, i); @/
      /@ assert low2: Up((x >> i)/2, i) + Up((x >> i)/2, i) == Up(2*((x >> i)/2), i); @/
      /@ assert high2: Up((x >> i)/2 + 1, i) + Up((x >> i)/2 + 1, i) == Up(2*((x >> i)/2) + 2, i); @/
    }
    /@ assert end: i == s; @/
  }
*/
