/* Lemma functions about rows in fixed point: what is left of a significand that is shifted down. */
#ifndef LEMMAS_QUANTISE_H
#define LEMMAS_QUANTISE_H

#include "distance/quantise.h"
#include "exact/shift.h"

/* The significand m, c bits below the last place of a quantum; d is the shift that C allows. */
/*@ ghost
  /@ requires m: m < 2*FRACTION;
     requires shift: 0 <= shift <= SHIFT_MAX;
     requires c: DROP <= c <= SCALE_MAX + DROP && d == (c < 63 ? c : 63);
     requires floor: IsFloor(t,m*GRAIN,d);
     terminates \true; exits \false; assigns \nothing;
     ensures small: t < QUANTUM_MAX;
     ensures low: Up(t,shift+c) <= GRAIN*Up(m,shift);
     ensures high: GRAIN*Up(m,shift) < Up(t+1,shift+c); @/
  void lemma_quantum(uint64_t m, int shift, int c, int d, uint64_t t);
*/

#endif
