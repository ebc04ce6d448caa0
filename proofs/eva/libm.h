/* Functions of the C library of which Frama-C 25 says nothing: they return, and change no memory that anybody reads. Taken on trust (trust-eva). */
#ifndef EVA_LIBM_H
#define EVA_LIBM_H

/*@ assigns \result \from x; */
extern double erfc(double x);
/*@ assigns \result \from x, y; */
extern double fmax(double x, double y);
/*@ assigns \result \from x, y; */
extern double fmin(double x, double y);

#endif
