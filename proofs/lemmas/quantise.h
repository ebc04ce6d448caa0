/* Lemma functions about rows in fixed point: what is left of a significand that is shifted down. */
#ifndef LEMMAS_QUANTISE_H
#define LEMMAS_QUANTISE_H

#include "distance/quantise.h"
#include "exact/shift.h"

/* By 31 bits nothing is left of x. */
/*@ ghost
  /@ requires x: x <= 0x7fffffff;
     requires c: 0 <= c <= 65536 && d == (c < 31 ? c : 31);
     requires floor: IsFloor(t,x,d);
     terminates \true; exits \false; assigns \nothing;
     ensures floor: IsFloor(t,x,c); @/
  void lemma_floor_31(uint32_t x, int c, int d, uint32_t t);
*/

/* The significand m, c bits below the last place of a quantum. */
/*@ ghost
  /@ requires m: m < 2*FRACTION;
     requires shift: 0 <= shift <= SHIFT_MAX;
     requires c: DROP <= c <= SCALE_MAX + DROP;
     requires floor: IsFloor(t,m*GRAIN,c);
     terminates \true; exits \false; assigns \nothing;
     ensures small: t < QUANTUM_MAX;
     ensures low: Up(t,shift+c) <= GRAIN*Up(m,shift);
     ensures high: GRAIN*Up(m,shift) < Up(t+1,shift+c); @/
  void lemma_quantum(uint64_t m, int shift, int c, uint64_t t);
*/

#endif
