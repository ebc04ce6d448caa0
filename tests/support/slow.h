/* Where builds are slow, with sanitizers or without optimisation, tests do a part of their work. */
#ifndef SLOW_H
#define SLOW_H

#if defined __SANITIZE_ADDRESS__ || !defined __OPTIMIZE__
enum { SLOW = 1 };
#else
enum { SLOW = 0 };
#endif

#endif
