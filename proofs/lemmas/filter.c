/* Lemma functions about the filter of squared distances: see filter.h. */
#include "lemmas/filter.h"
#include "lemmas/facts.h"
#include "lemmas/power.h"

/*@ ghost
  /@ requires a: -most <= a <= most;
     requires b: -most <= b <= most;
     requires most: 0 <= most <= 16777215;
     terminates \true; exits \false; assigns \nothing;
     ensures least: -most*most <= a*b;
     ensures most: a*b <= most*most; @/
  void lemma_product_bound(int64_t a, int64_t b, int64_t most)
  {
    /@ assert up: 0 <= (most-a)*(most+b) && 0 <= (most+a)*(most-b); @/
    /@ assert down: 0 <= (most-a)*(most-b) && 0 <= (most+a)*(most+b); @/
  }
*/

/*@ ghost
  void lemma_quantum_halves(int h, int w)
  {
    lemma_product_bound(h, h, HALF - 1);
    lemma_product_bound(h, w, HALF - 1);
    lemma_product_bound(w, w, HALF - 1);
    lemma_product_bound(HALF * h + w, HALF * h + w, 16777215);
  }
*/

/*@ ghost
  void lemma_floor(int s)
  {
    int i = 0;
    /@ loop invariant i: 0 <= i <= s;
       loop invariant floor: \forall integer x; Up(Floor(x,i),i) <= x < Up(Floor(x,i)+1,i);
       loop assigns i; loop variant s - i; @/
    for (; i < s; i++) {
      lemma_up_mono(i);
      lemma_up_facts(1, i);
      /@ assert step: \forall integer x; Floor(x,i+1) == Half(Floor(x,i)); @/
      /@ assert up: \forall integer x; Up(x,i+1) == 2*Up(x,i); @/
      /@ assert twice: \forall integer x; Up(2*x,i) == 2*Up(x,i); @/
      /@ assert half: \forall integer x; 2*Half(x) <= x <= 2*Half(x) + 1; @/
      /@ assert low: \forall integer x; Up(2*Floor(x,i+1),i) <= Up(Floor(x,i),i); @/
      /@ assert high: \forall integer x; Up(Floor(x,i)+1,i) <= Up(2*(Floor(x,i+1)+1),i); @/
    }
    lemma_up_mono(s);
    /@ assert end: i == s; @/
    /@ assert less: \forall integer x, y; x < y <==> Up(x,s) < Up(y,s); @/
  }
*/

/*@ ghost
  void lemma_floor_shift(int32_t q, int s, int c, uint64_t t)
  {
    lemma_up_neg(c);
    lemma_up_constants();
    lemma_up_grow(31, s - c);
    lemma_floor(s);
    lemma_up_neg(s);
    /@ assert minus_low: Up(-(t+1),c) == -Up(t+1,c); @/
    /@ assert minus_high: Up(-t,c) == -Up(t,c); @/
    /@ assert far: 31 <= s ==> t == 0; @/
    /@ assert zero: Up(0,s) == -Up(0,s); @/
    /@ assert one: Up(-1,s) == -Up(1,s); @/
    /@ assert far_plus: 31 <= s && 0 <= q ==> Up(0,s) <= q < Up(0+1,s); @/
    /@ assert far_minus: 31 <= s && q < 0 ==> Up(-1,s) <= q < Up(-1+1,s); @/
    /@ assert plus: 0 <= q ==> Up(t,s) <= q < Up(t+1,s); @/
    /@ assert minus: q < 0 ==> Up(-1-t,s) <= q < Up((-1-t)+1,s); @/
  }
*/

/*@ predicate HeldSum(integer e, integer c, integer A, integer E, integer B, integer F, integer S, integer T) =
  @   Held(A,E,e,c,S) && Held(B,F,e,c,T) ==> Held(A+B,E+F,e,c,S+T);
  @ predicate LowSum(integer e, integer c, integer A, integer E, integer B, integer F) =
  @   Up((c-1)*(A - c*E),e) + Up((c-1)*(B - c*F),e) == Up((c-1)*((A+B) - c*(E+F)),e);
  @ predicate HighSum(integer e, integer c, integer A, integer E, integer B, integer F) =
  @   Up((c+1)*(A + c*E),e) + Up((c+1)*(B + c*F),e) == Up((c+1)*((A+B) + c*(E+F)),e);
  @*/

/*@ ghost
  void lemma_pair_sum(int e)
  {
    lemma_up_add(e);
    lemma_up_times(e);
    /@ assert low: \forall integer c, A, E, B, F; LowSum(e,c,A,E,B,F); @/
    /@ assert high: \forall integer c, A, E, B, F; HighSum(e,c,A,E,B,F); @/
    /@ assert held: \forall integer c, A, E, B, F, S, T; HeldSum(e,c,A,E,B,F,S,T); @/
    /@ assert zero: Up(0,e) + Up(0,e) == Up(0,e); @/
  }
*/

/*@ predicate UpTwo(integer m, integer n, integer x) = Up(Up(x,m),n) == Up(x,m+n);
  @ predicate Times(integer k, integer x, integer y) = 0 <= k && x <= y ==> k*x <= k*y;
  @ predicate Counted(integer s, integer c, integer E, integer F) = Weight(c) && E <= Up(F-1,s) ==> c*E <= Up(c*(F-1),s);
  @ predicate LowInner(integer s, integer c, integer A, integer E, integer B, integer F) =
  @   Weight(c) && PairCoarser(A,E,s,B,F) ==> Up(B - c*F,s) <= A - c*E;
  @ predicate HighInner(integer s, integer c, integer A, integer E, integer B, integer F) =
  @   Weight(c) && PairCoarser(A,E,s,B,F) ==> A + c*E <= Up(B + c*F,s);
  @ predicate LowOuter(integer s, integer c, integer A, integer E, integer B, integer F) =
  @   Weight(c) && PairCoarser(A,E,s,B,F) ==> Up((c-1)*(B - c*F),s) <= (c-1)*(A - c*E);
  @ predicate HighOuter(integer s, integer c, integer A, integer E, integer B, integer F) =
  @   Weight(c) && PairCoarser(A,E,s,B,F) ==> (c+1)*(A + c*E) <= Up((c+1)*(B + c*F),s);
  @ predicate HeldCoarser(integer e, integer s, integer c, integer A, integer E, integer B, integer F, integer S) =
  @   Weight(c) && PairCoarser(A,E,s,B,F) && Held(A,E,e,c,S) ==> Held(B,F,s+e,c,S);
  @*/

/*@ ghost
  /@ requires s: 0 <= n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures sum: \forall integer x, y; UpSum(n,x,y);
     ensures order: \forall integer x, y; UpOrder(n,x,y);
     ensures times: \forall integer k, x; UpTimes(n,k,x); @/
  void lemma_up_names(int n)
  {
    lemma_up_sum(n);
    lemma_up_order(n);
    lemma_up_times(n);
  }
*/

/*@ ghost
  /@ requires m: 0 <= m <= 65536 && 0 <= n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures two: \forall integer x; UpTwo(m,n,x); @/
  void lemma_up_two(int m, int n)
  {
    lemma_up_comp(m, n);
  }
*/

/*@ ghost
  /@ terminates \true; exits \false; assigns \nothing;
     ensures times: \forall integer k, x, y; Times(k,x,y); @/
  void lemma_times(void)
  {
  }
*/

/*@ ghost
  /@ requires s: 0 <= s <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures counted: \forall integer c, E, F; Counted(s,c,E,F); @/
  void lemma_counted(int s)
  {
    lemma_up_names(s);
    lemma_times();
    /@ assert counted: \forall integer c, E, F; Times(c,E,Up(F-1,s)) && UpTimes(s,c,F-1) ==> Counted(s,c,E,F); @/
  }
*/

/*@ ghost
  /@ requires s: 0 <= s <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures low: \forall integer c, A, E, B, F; LowInner(s,c,A,E,B,F);
     ensures high: \forall integer c, A, E, B, F; HighInner(s,c,A,E,B,F); @/
  void lemma_inner(int s)
  {
    lemma_up_names(s);
    lemma_counted(s);
    /@ assert low: \forall integer c, A, E, B, F;
         Counted(s,c,E,F) && UpSum(s,B - c*F + c - 1,c*(F-1)) && UpOrder(s,B - c*F,B - c*F + c - 1) ==> LowInner(s,c,A,E,B,F); @/
    /@ assert high: \forall integer c, A, E, B, F;
         Counted(s,c,E,F) && UpSum(s,B+1,c*(F-1)) && UpOrder(s,(B+1) + c*(F-1),B + c*F) ==> HighInner(s,c,A,E,B,F); @/
  }
*/

/*@ ghost
  /@ requires s: 0 <= s <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures low: \forall integer c, A, E, B, F; LowOuter(s,c,A,E,B,F);
     ensures high: \forall integer c, A, E, B, F; HighOuter(s,c,A,E,B,F); @/
  void lemma_outer(int s)
  {
    lemma_up_names(s);
    lemma_inner(s);
    lemma_times();
    /@ assert low: \forall integer c, A, E, B, F;
         LowInner(s,c,A,E,B,F) && Times(c-1,Up(B - c*F,s),A - c*E) && UpTimes(s,c-1,B - c*F) ==> LowOuter(s,c,A,E,B,F); @/
    /@ assert high: \forall integer c, A, E, B, F;
         HighInner(s,c,A,E,B,F) && Times(c+1,A + c*E,Up(B + c*F,s)) && UpTimes(s,c+1,B + c*F) ==> HighOuter(s,c,A,E,B,F); @/
  }
*/

/*@ ghost
  void lemma_pair_coarser(int e, int s, int to)
  {
    lemma_up_names(e);
    lemma_up_two(s, e);
    lemma_outer(s);
    /@ assert held: \forall integer c, A, E, B, F, S;
         LowOuter(s,c,A,E,B,F) && HighOuter(s,c,A,E,B,F)
         && UpOrder(e,Up((c-1)*(B - c*F),s),(c-1)*(A - c*E)) && UpOrder(e,(c+1)*(A + c*E),Up((c+1)*(B + c*F),s))
         && UpTwo(s,e,(c-1)*(B - c*F)) && UpTwo(s,e,(c+1)*(B + c*F)) ==> HeldCoarser(e,s,c,A,E,B,F,S); @/
    /@ assert all: \forall integer c, A, E, B, F, S; Weight(c) && PairCoarser(A,E,s,B,F) && Encloses(A,E,e,S) && to < EXPONENT_MAX ==>
         Held(A,E,e,c,S) && HeldCoarser(e,s,c,A,E,B,F,S) && Held(B,F,to,c,S); @/
  }
*/

/*@ ghost
  void lemma_pair_shift(uint64_t a, uint64_t b, int s, int c, uint64_t square, uint64_t error)
  {
    lemma_up_constants();
    lemma_up_facts(1, c);
    lemma_up_grow(c, s - c);
    lemma_up_grow(1, c - 1);
    lemma_up_grow(2, s < 2 ? 0 : c - 2);
    /@ assert two: \forall integer x; Up(x,2) == 4*x; @/
    /@ assert quarter: 2 <= s ==> 4*square == Up(square,2) <= Up(square,c) && 4*error == Up(error,2) <= Up(error,c); @/
    lemma_up_names(c);
    lemma_up_names(s);
    /@ assert few: 63 < s ==> UpTwice(c,1) && UpOrder(c,square,2) && square < 2; @/
    /@ assert zero: UpTimes(s,0,0) && Up(0,s) == 0; @/
    /@ assert low: UpOrder(s,square-1,square) && UpOrder(s,square-1,0) && Up(square-1,s) <= a; @/
    /@ assert high: Up(square+1,c) <= Up(square+1,s) && Up(error+1,c) <= Up(error+1,s); @/
  }
*/

/*@ ghost
  void lemma_pair_lower(uint64_t square, uint64_t error, int e, int64_t c, uint64_t x)
  {
    lemma_scaled(c);
    lemma_up_times(e);
    lemma_up_mono(e);
    /@ assert zero: UpTimes(e,0,0); @/
    /@ assert times: UpTimes(e,c,x); @/
    /@ assert up: x == 0 || Up(c*x,e) <= Up((c-1)*(square - c*error),e); @/
    /@ assert below: \forall integer S; 0 <= S && Encloses(square,error,e,S) ==> Held(square,error,e,c,S) && c*Up(x,e) <= c*S; @/
    /@ assert scaled: \forall integer S; 0 <= S && Encloses(square,error,e,S) ==> Scaled(c,S,Up(x,e)) && Up(x,e) <= S; @/
  }
*/

/*@ ghost
  void lemma_pair_upper(uint64_t square, uint64_t error, int e, int64_t c, uint64_t x)
  {
    lemma_scaled(c);
    lemma_up_times(e);
    lemma_up_mono(e);
    /@ assert times: UpTimes(e,c,x); @/
    /@ assert up: Up((c+1)*(square + c*error),e) <= Up(c*x,e); @/
    /@ assert above: \forall integer S; Encloses(square,error,e,S) ==> Held(square,error,e,c,S) && c*S <= c*Up(x,e); @/
    /@ assert scaled: \forall integer S; Encloses(square,error,e,S) ==> Scaled(c,Up(x,e),S) && S <= Up(x,e); @/
  }
*/

/* One coordinate: its difference e is within T of D = d T. */
/*@ predicate Apart(integer c, integer D, integer T, integer e) =
  @   1 <= c && -T <= e - D <= T ==> (c-1)*(D*D - c*(T*T)) <= c*(e*e) <= (c+1)*(D*D + c*(T*T));
  @ predicate Slack(integer T, integer u) = -T <= u <= T ==> 0 <= T*T - u*u;
  @ predicate Positive(integer x, integer y) = 0 <= x && 0 <= y ==> 0 <= x*y;
  @ predicate Square(integer x) = 0 <= x*x;
  @ predicate ApartIs(integer c, integer D, integer T, integer e) =
  @      (c+1)*(D*D + c*(T*T)) - c*(e*e) == (D - c*(e-D))*(D - c*(e-D)) + (c*c + c)*(T*T - (e-D)*(e-D))
  @   && c*(e*e) - (c-1)*(D*D - c*(T*T)) == (D + c*(e-D))*(D + c*(e-D)) + (c*c - c)*(T*T - (e-D)*(e-D));
  @*/

/*@ ghost
  /@ terminates \true; exits \false; assigns \nothing;
     ensures apart: \forall integer c, D, T, e; Apart(c,D,T,e); @/
  void lemma_apart(void)
  {
    /@ assert square: \forall integer x; Square(x); @/
    /@ assert positive: \forall integer x, y; Positive(x,y); @/
    /@ assert slack: \forall integer T, u; Positive(T-u,T+u) ==> Slack(T,u); @/
    /@ assert more: \forall integer c; 1 <= c ==> Positive(c,c-1) && 0 <= c*c - c && 0 <= c*c + c; @/
    /@ assert is: \forall integer c, D, T, e; ApartIs(c,D,T,e); @/
    /@ assert apart: \forall integer c, D, T, e; Slack(T,e-D) && Square(D - c*(e-D)) && Square(D + c*(e-D))
         && Positive(c*c + c,T*T - (e-D)*(e-D)) && Positive(c*c - c,T*T - (e-D)*(e-D)) && ApartIs(c,D,T,e) ==> Apart(c,D,T,e); @/
  }
*/

/*@ predicate SquareUnit(integer a, integer k) = Up(k,2*a) == k*Sq(Up(1,a));
  @ predicate TimesOne(integer n, integer k, integer u) = u == Up(1,n) ==> k*u == Up(k,n);
  @ predicate SqTimes(integer x, integer y) = Sq(x)*Sq(y) == (x*y)*(x*y);
  @ predicate ApartBy(integer c, integer D, integer T, integer e, integer X, integer Y, integer Z) =
  @   Weight(c) && -T <= e - D <= T && X == D*D && Y == T*T && Z == e*e ==> (c-1)*(X - c*Y) <= c*Z <= (c+1)*(X + c*Y);
  @ predicate Between(integer a, integer d, integer e) = Up(d-1,a) <= e <= Up(d+1,a);
  @*/

/*@ ghost
  /@ terminates \true; exits \false; assigns \nothing;
     ensures sq: \forall integer x; Sq(x) == x*x;
     ensures times: \forall integer x, y; SqTimes(x,y);
     ensures apart: \forall integer c, D, T, e, X, Y, Z; ApartBy(c,D,T,e,X,Y,Z); @/
  void lemma_apart_by(void)
  {
    lemma_apart();
    /@ assert times: \forall integer x, y, X, Y; X == x*x && Y == y*y ==> X*Y == (x*y)*(x*y); @/
    /@ assert apart: \forall integer c, D, T, e, X, Y, Z; Apart(c,D,T,e) ==> ApartBy(c,D,T,e,X,Y,Z); @/
  }
*/

/*@ ghost
  /@ requires n: 0 <= n <= 65536;
     terminates \true; exits \false; assigns \nothing;
     ensures one: \forall integer k, u; TimesOne(n,k,u); @/
  void lemma_times_one(int n)
  {
    lemma_up_times(n);
    /@ assert times: \forall integer k; UpTimes(n,k,1) ==> k*Up(1,n) == Up(k,n); @/
    /@ assert one: \forall integer k, u; UpTimes(n,k,1) ==> TimesOne(n,k,u); @/
  }
*/

/*@ ghost
  /@ requires a: 0 <= a <= 32768;
     terminates \true; exits \false; assigns \nothing;
     ensures unit: \forall integer k; SquareUnit(a,k); @/
  void lemma_square_unit(int a)
  {
    lemma_up_names(a);
    lemma_times_one(2 * a);
    lemma_up_two(a, a);
    /@ assert two: UpTwo(a,a,1) && UpTimes(a,Up(1,a),1) && Up(1,2*a) == Sq(Up(1,a)); @/
    /@ assert unit: \forall integer k; TimesOne(2*a,k,Sq(Up(1,a))) && SquareUnit(a,k); @/
  }
*/

/*@ ghost
  /@ requires a: 0 <= a <= 32768;
     terminates \true; exits \false; assigns \nothing;
     ensures unit: 1 <= Up(1,a);
     ensures between: \forall integer d, e; Between(a,d,e) ==> -Up(1,a) <= e - d*Up(1,a) <= Up(1,a); @/
  void lemma_between_units(int a)
  {
    lemma_up_grow(0, a);
    lemma_up_names(a);
    /@ assert minus: UpTimes(a,-1,1) && Up(-1,a) == -Up(1,a); @/
    /@ assert between: \forall integer d, e; Between(a,d,e) ==>
         UpTimes(a,d,1) && UpSum(a,d,1) && UpSum(a,d,-1) && -Up(1,a) <= e - d*Up(1,a) <= Up(1,a); @/
  }
*/

/*@ ghost
  /@ requires a: 0 <= a <= 32768;
     terminates \true; exits \false; assigns \nothing;
     ensures encloses: \forall integer d, e; Between(a,d,e) ==> Encloses(Sq(d),1,2*a,Sq(e)); @/
  void lemma_coordinate(int a)
  {
    lemma_square_unit(a);
    lemma_between_units(a);
    lemma_apart_by();
    /@ assert held: \forall integer c, d, e; Weight(c) && Between(a,d,e) ==>
         SqTimes(d,Up(1,a)) && ApartBy(c,d*Up(1,a),Up(1,a),e,Sq(d)*Sq(Up(1,a)),Sq(Up(1,a)),Sq(e))
         && SquareUnit(a,(c-1)*(Sq(d) - c)) && SquareUnit(a,(c+1)*(Sq(d) + c)) && Held(Sq(d),1,2*a,c,Sq(e)); @/
  }
*/

/*@ ghost
  /@ requires scales: 0 <= scale_q <= scale_p <= SCALE_MAX;
     terminates \true; exits \false; assigns \nothing;
     ensures encloses: NearKey(p,x,scale_p) && NearKey(q,y,scale_q) ==>
       Encloses(Sq(p - Floor(q,scale_p-scale_q)),1,2*(scale_p+DROP),Sq(GRAIN*Val(x) - GRAIN*Val(y))); @/
  void lemma_lane(int32_t p, int32_t q, key x, key y, int scale_p, int scale_q)
  {
    lemma_coordinate(scale_p + DROP);
    lemma_floor(scale_p - scale_q);
    lemma_up_names(scale_q + DROP);
    lemma_up_names(scale_p + DROP);
    lemma_up_two(scale_p - scale_q, scale_q + DROP);
    /@ assert low: NearKey(q,y,scale_q) ==> UpOrder(scale_q+DROP,Up(Floor(q,scale_p-scale_q),scale_p-scale_q),q)
         && UpTwo(scale_p-scale_q,scale_q+DROP,Floor(q,scale_p-scale_q))
         && Up(Floor(q,scale_p-scale_q),scale_p+DROP) <= GRAIN*Val(y); @/
    /@ assert high: NearKey(q,y,scale_q) ==> UpOrder(scale_q+DROP,q+1,Up(Floor(q,scale_p-scale_q)+1,scale_p-scale_q))
         && UpTwo(scale_p-scale_q,scale_q+DROP,Floor(q,scale_p-scale_q)+1)
         && GRAIN*Val(y) <= Up(Floor(q,scale_p-scale_q)+1,scale_p+DROP); @/
    /@ assert minus_low: UpTimes(scale_p+DROP,-1,Floor(q,scale_p-scale_q)); @/
    /@ assert minus_high: UpTimes(scale_p+DROP,-1,Floor(q,scale_p-scale_q)+1); @/
    /@ assert sum_low: UpSum(scale_p+DROP,p,-1*(Floor(q,scale_p-scale_q)+1)); @/
    /@ assert sum_high: UpSum(scale_p+DROP,p+1,-1*Floor(q,scale_p-scale_q)); @/
    /@ assert between: NearKey(p,x,scale_p) && NearKey(q,y,scale_q) ==>
         Between(scale_p+DROP,p - Floor(q,scale_p-scale_q),GRAIN*Val(x) - GRAIN*Val(y)); @/
  }
*/

/*@ ghost
  void lemma_block(const int16_t *p, const int16_t *q, const key *x, const key *y, int scale_p, int scale_q)
  {
    int l = 0;
    lemma_pair_sum(2 * (scale_p + DROP));
    /@ loop invariant l: 0 <= l <= BLOCK;
       loop invariant encloses: NearRow(p,x,scale_p) && NearRow(q,y,scale_q) ==>
         Encloses(BlockSquare(p,q,scale_p-scale_q,l),l,2*(scale_p+DROP),BlockDistance(x,y,l));
       loop assigns l; loop variant BLOCK - l; @/
    for (; l < BLOCK; l++) {
      int32_t u = HALF * p[l] + p[BLOCK + l], v = HALF * q[l] + q[BLOCK + l];
      /@ assert quanta: u == Quantum(p,l) && v == Quantum(q,l); @/
      lemma_lane(u, v, x[l], y[l], scale_p, scale_q);
      /@ assert near: NearRow(p,x,scale_p) && NearRow(q,y,scale_q) ==> NearKey(u,x[l],scale_p) && NearKey(v,y[l],scale_q); @/
      /@ assert lane: NearRow(p,x,scale_p) && NearRow(q,y,scale_q) ==>
           Encloses(Sq(Quantum(p,l) - Floor(Quantum(q,l),scale_p-scale_q)),1,2*(scale_p+DROP),Sq(GRAIN*Val(x[l]) - GRAIN*Val(y[l]))); @/
      /@ assert square: BlockSquare(p,q,scale_p-scale_q,l+1) ==
           BlockSquare(p,q,scale_p-scale_q,l) + Sq(Quantum(p,l) - Floor(Quantum(q,l),scale_p-scale_q)); @/
      /@ assert distance: BlockDistance(x,y,l+1) == BlockDistance(x,y,l) + Sq(GRAIN*Val(x[l]) - GRAIN*Val(y[l])); @/
      /@ assert next: NearRow(p,x,scale_p) && NearRow(q,y,scale_q) ==>
           Encloses(BlockSquare(p,q,scale_p-scale_q,l+1),l+1,2*(scale_p+DROP),BlockDistance(x,y,l+1)); @/
    }
    /@ assert end: l == BLOCK; @/
  }
*/
