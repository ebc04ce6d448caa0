/* Lemma functions about the shifts of C, for the proof of exact/shift.c alone.
 *
 * WP knows of a shift only that lsl x 0 = x, lsl x 1 = 2x, lsl (lsl x p) q = lsl x (p+q), and the same of lsr by halving; that is enough.
 */
#ifndef LEMMAS_SHIFT_H
#define LEMMAS_SHIFT_H

#include "acsl/number.h"

/*@ ghost
  /@ requires s: 0 <= s <= 64;
     terminates \true; exits \false; assigns \nothing;
     ensures shl: (x << s) == Up(x,s); @/
  void lemma_shl(uint64_t x, int s);
*/

/*@ ghost
  /@ requires s: 0 <= s <= 64;
     terminates \true; exits \false; assigns \nothing;
     ensures low: 0 <= (x >> s) && Up(x >> s, s) <= x;
     ensures high: x < Up((x >> s) + 1, s); @/
  void lemma_shr(uint64_t x, int s);
*/

#endif
