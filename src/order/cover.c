/* Vertex covers: see cover.h. A row that is taken gets the level of the search as its mark, so that it can be put back. */
#include "order/cover.h"
#include "lemmas/cover.h"

#include <stddef.h>

/*@ // nothing has changed between A and B, neither in the arrays nor in what is counted in them
  @ predicate Unchanged{A,B}(int32_t *mark, uint32_t *degree, integer n) =
  @      (\forall integer i; 0 <= i < n ==> \at(mark[i],A) == \at(mark[i],B) && \at(degree[i],A) == \at(degree[i],B))
  @   && (\forall row_set s; Size{A}(mark,degree,s,n) == Size{B}(mark,degree,s,n))
  @   && Gone{A}(mark,n) == Gone{B}(mark,n);
  @
  @ // the rows taken since A have that level
  @ predicate TakenSince{A,B}(int32_t *mark, integer n, integer level) =
  @   \forall integer i; 0 <= i < n ==> \at(mark[i],B) == \at(mark[i],A) || (\at(mark[i],A) == 0 && \at(mark[i],B) == level);
  @
  @ predicate Marks{L}(int32_t *mark, integer n, integer level) = \forall integer i; 0 <= i < n ==> 0 <= mark[i] < level;
  @
  @ // as Covers, and as if rows of that level were left, too; and whether all that have a partner have a degree
  @ predicate AtLevel{L}(int32_t *mark, integer level, integer i) = mark[i] == 0 || mark[i] == level;
  @ predicate CoversAll{L}(unsigned char *linked, int32_t *mark, integer n, integer level, row_set s) =
  @   \forall integer i, j; 0 <= i < n && 0 <= j < n && AtLevel(mark,level,i) && AtLevel(mark,level,j) && Link(linked,n,i,j) != 0 ==>
  @     In(s,i) != 0 || In(s,j) != 0;
  @ predicate DegreesAll{L}(unsigned char *linked, int32_t *mark, uint32_t *degree, integer n, integer level) =
  @   \forall integer i, j; 0 <= i < n && 0 <= j < n && AtLevel(mark,level,i) && AtLevel(mark,level,j) && Link(linked,n,i,j) != 0 ==>
  @     degree[j] != 0;
  @*/

/* The flags of row i. */
/*@ requires n: 0 <= i < n <= COVER_ROWS_MAX;
    requires linked: \valid_read(linked + (0 .. n*n-1));
    terminates \true; exits \false; assigns \result \from linked, n, i;
    ensures row: \result == linked + i*n;
    ensures valid: \valid_read(\result + (0 .. n-1)); */
static const unsigned char *pairs_of_row(const unsigned char *linked, int n, int i)
{
  //@ assert least: 0 <= i*n;
  //@ assert greatest: i*n + n <= n*n;
  //@ assert range: i*n <= COVER_ROWS_MAX*n;
  return linked + (int64_t)i * n;
}

/* How many partners row i has among the rows that are left. */
/*@ requires n: 0 <= i < n <= COVER_ROWS_MAX;
    requires linked: \valid_read(linked + (0 .. n*n-1));
    requires mark: \valid_read(mark + (0 .. n-1));
    requires graph: IsGraph(linked,n);
    terminates \true; exits \false; assigns \nothing;
    ensures count: \result == Partners(linked,mark,n,i,n); */
static uint32_t count_partners(const unsigned char *linked, const int32_t *mark, int n, int i)
{
  const unsigned char *row = pairs_of_row(linked, n, i);
  uint32_t count = 0;
  /*@ loop invariant j: 0 <= j <= n;
      loop invariant count: count == Partners(linked,mark,n,i,j) && count <= j;
      loop assigns j, count; loop variant n - j; */
  for (int j = 0; j < n; j++) {
    //@ assert next: Partners(linked,mark,n,i,j+1) == Partners(linked,mark,n,i,j) + (mark[j] == 0 ? Link(linked,n,i,j) : 0);
    //@ assert flag: row[j] == Link(linked,n,i,j) && 0 <= row[j] <= 1;
    count += mark[j] == 0 ? row[j] : 0;
  }
  return count;
}

/*@ requires n: 1 <= n <= COVER_ROWS_MAX;
    requires linked: \valid_read(linked + (0 .. n*n-1));
    requires mark: \valid_read(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires graph: IsGraph(linked,n);
    terminates \true; exits \false; assigns degree[0 .. n-1];
    ensures degrees: Degrees(linked,mark,degree,n); */
static void count_degrees(const unsigned char *linked, const int32_t *mark, uint32_t *degree, int n)
{
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant degrees: \forall integer j; 0 <= j < i ==> degree[j] == Partners(linked,mark,n,j,n);
      loop assigns i, degree[0 .. n-1]; loop variant n - i; */
  for (int i = 0; i < n; i++) degree[i] = count_partners(linked, mark, n, i);
}

/* The first partner of row i that is left; n if there is none. */
/*@ requires n: 0 <= i < n <= COVER_ROWS_MAX;
    requires linked: \valid_read(linked + (0 .. n*n-1));
    requires mark: \valid_read(mark + (0 .. n-1));
    requires graph: IsGraph(linked,n);
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result <= n;
    ensures partner: \result < n ==> mark[\result] == 0 && Link(linked,n,i,\result) == 1;
    ensures none: \result == n ==> Partners(linked,mark,n,i,n) == 0; */
static int first_partner(const unsigned char *linked, const int32_t *mark, int n, int i)
{
  const unsigned char *row = pairs_of_row(linked, n, i);
  int j = 0;
  /*@ loop invariant j: 0 <= j <= n;
      loop invariant none: Partners(linked,mark,n,i,j) == 0;
      loop assigns j; loop variant n - j; */
  while (j < n && (row[j] == 0 || mark[j] != 0)) {
    //@ assert next: Partners(linked,mark,n,i,j+1) == Partners(linked,mark,n,i,j) + (mark[j] == 0 ? Link(linked,n,i,j) : 0);
    //@ assert flag: row[j] == Link(linked,n,i,j);
    j++;
  }
  //@ assert flag: j < n ==> row[j] == Link(linked,n,i,j) && 0 <= row[j] <= 1;
  return j;
}

/* A row gets a mark. */
/*@ requires n: 0 <= v < n <= COVER_ROWS_MAX && 0 < level;
    requires mark: \valid(mark + (0 .. n-1));
    requires left: mark[v] == 0;
    terminates \true; exits \false; assigns mark[v];
    ensures mark: mark[v] == level;
    ensures gone: Gone(mark,n) == \old(Gone(mark,n)) + 1;
    ensures size: \forall row_set s; Size(mark,degree,s,n) == Size{Pre}(mark,degree,s,n) - (degree[v] != 0 && In(s,v) != 0 ? 1 : 0); */
static void mark_row(int32_t *mark, int v, int level) /*@ ghost (const uint32_t *degree, int n) */
{
  mark[v] = level;
  /*@ ghost
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant gone: Gone(mark,k) == \at(Gone(mark,\at(k,Here)),Pre) + (v < k ? 1 : 0);
       loop invariant size: \forall row_set s; Size(mark,degree,s,k)
         == \at(Size(mark,degree,s,\at(k,Here)),Pre) - (v < k && degree[v] != 0 && In(s,v) != 0 ? 1 : 0);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert gone: Gone(mark,k+1) == Gone(mark,k) + (mark[k] != 0 ? 1 : 0); @/
      /@ assert gone_pre: \let q = k; \at(Gone(mark,q+1) == Gone(mark,q) + (mark[q] != 0 ? 1 : 0),Pre); @/
      /@ assert size: \forall row_set s;
           Size(mark,degree,s,k+1) == Size(mark,degree,s,k) + (mark[k] == 0 && degree[k] != 0 && In(s,k) != 0 ? 1 : 0); @/
      /@ assert size_pre: \let q = k; \forall row_set s;
           \at(Size(mark,degree,s,q+1) == Size(mark,degree,s,q) + (mark[q] == 0 && degree[q] != 0 && In(s,q) != 0 ? 1 : 0),Pre); @/
    }
    /@ assert end: k == n; @/
  */
}

/* Row v is taken: its partners lose one. */
/*@ requires n: 0 <= v < n <= COVER_ROWS_MAX && 0 < level;
    requires linked: \valid_read(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires graph: IsGraph(linked,n);
    requires degrees: Degrees(linked,mark,degree,n);
    requires left: mark[v] == 0;
    terminates \true; exits \false; assigns mark[v], degree[0 .. n-1];
    ensures mark: mark[v] == level;
    ensures gone: Gone(mark,n) == \old(Gone(mark,n)) + 1;
    ensures lost: \forall integer i; 0 <= i < n ==> degree[i] == \old(degree[i]) - Link(linked,n,i,v);
    ensures degrees: Degrees(linked,mark,degree,n);
    ensures size: \forall row_set s; Size(mark,degree,s,n) <= Size{Pre}(mark,degree,s,n);
    ensures less: \forall row_set s, integer i; 0 <= i < n && Needed{Pre}(mark,degree,s,i) && !Needed(mark,degree,s,i) ==>
      Size(mark,degree,s,n) <= Size{Pre}(mark,degree,s,n) - 1; */
static void take_row(const unsigned char *linked, int32_t *mark, uint32_t *degree, int n, int v, int level)
{
  const unsigned char *row = pairs_of_row(linked, n, v);
  mark_row(mark, v, level) /*@ ghost (degree, n) */;
  /*@ ghost
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant partners: \forall integer i; 0 <= i < n ==>
         Partners(linked,mark,n,i,k) == \at(Partners(linked,mark,n,i,\at(k,Here)),Pre) - (v < k ? Link(linked,n,i,v) : 0);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert here: \forall integer i; Partners(linked,mark,n,i,k+1) == Partners(linked,mark,n,i,k) + (mark[k] == 0 ? Link(linked,n,i,k) : 0); @/
      /@ assert pre: \let q = k; \forall integer i;
           \at(Partners(linked,mark,n,i,q+1) == Partners(linked,mark,n,i,q) + (mark[q] == 0 ? Link(linked,n,i,q) : 0),Pre); @/
    }
    /@ assert end: k == n; @/
    lemma_partners(linked, mark, n);
  */
  /*@ loop invariant j: 0 <= j <= n;
      loop invariant lost: \forall integer i; 0 <= i < j ==> degree[i] == \at(degree[i],Pre) - Link(linked,n,i,v);
      loop invariant kept: \forall integer i; j <= i < n ==> degree[i] == \at(degree[i],Pre);
      loop assigns j, degree[0 .. n-1]; loop variant n - j; */
  for (int j = 0; j < n; j++) {
    //@ assert flag: row[j] == Link(linked,n,v,j) && Link(linked,n,v,j) == Link(linked,n,j,v);
    //@ assert enough: row[j] <= degree[j];
    degree[j] -= row[j];
  }
  /*@ ghost
    int m = 0;
    /@ loop invariant m: 0 <= m <= n;
       loop invariant size: \forall row_set s; Size(mark,degree,s,m) <= \at(Size(mark,degree,s,\at(m,Here)),Pre);
       loop invariant less: \forall row_set s, integer i; 0 <= i < m && Needed{Pre}(mark,degree,s,i) && !Needed(mark,degree,s,i) ==>
         Size(mark,degree,s,m) <= \at(Size(mark,degree,s,\at(m,Here)),Pre) - 1;
       loop assigns m; loop variant n - m; @/
    for (; m < n; m++) {
      /@ assert here1: \forall row_set s;
           Size(mark,degree,s,m+1) == Size(mark,degree,s,m) + (mark[m] == 0 && degree[m] != 0 && In(s,m) != 0 ? 1 : 0); @/
      /@ assert pre1: \let q = m; \forall row_set s;
           \at(Size(mark,degree,s,q+1) == Size(mark,degree,s,q) + (mark[q] == 0 && degree[q] != 0 && In(s,q) != 0 ? 1 : 0),Pre); @/
      /@ assert fewer: degree[m] <= \at(degree[\at(m,Here)],Pre) && (mark[m] == 0 ==> \at(mark[\at(m,Here)],Pre) == 0); @/
    }
    /@ assert end1: m == n; @/
  */
}

/* Rows of that level get the mark 0. */
/*@ requires n: 1 <= n <= COVER_ROWS_MAX && 0 < level;
    requires mark: \valid(mark + (0 .. n-1));
    terminates \true; exits \false; assigns mark[0 .. n-1];
    ensures back: \forall integer i; 0 <= i < n ==> mark[i] == (\old(mark[i]) == level ? 0 : \old(mark[i])); */
static void clear_level(int32_t *mark, int n, int level)
{
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant back: \forall integer j; 0 <= j < i ==> mark[j] == (\at(mark[j],Pre) == level ? 0 : \at(mark[j],Pre));
      loop invariant kept: \forall integer j; i <= j < n ==> mark[j] == \at(mark[j],Pre);
      loop assigns i, mark[0 .. n-1]; loop variant n - i; */
  for (int i = 0; i < n; i++) mark[i] = mark[i] == level ? 0 : mark[i];
}

/* Row v is put back: its partners gain one. */
/*@ requires n: 0 <= v < n <= COVER_ROWS_MAX;
    requires linked: \valid_read(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires graph: IsGraph(linked,n);
    requires degrees: Degrees(linked,mark,degree,n);
    requires taken: mark[v] != 0;
    terminates \true; exits \false; assigns mark[v], degree[0 .. n-1];
    ensures mark: mark[v] == 0;
    ensures degrees: Degrees(linked,mark,degree,n); */
static void put_back(const unsigned char *linked, int32_t *mark, uint32_t *degree, int n, int v)
{
  const unsigned char *row = pairs_of_row(linked, n, v);
  mark[v] = 0;
  /*@ ghost
    int k = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant partners: \forall integer i; 0 <= i < n ==>
         Partners(linked,mark,n,i,k) == \at(Partners(linked,mark,n,i,\at(k,Here)),Pre) + (v < k ? Link(linked,n,i,v) : 0);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert here: \forall integer i; Partners(linked,mark,n,i,k+1) == Partners(linked,mark,n,i,k) + (mark[k] == 0 ? Link(linked,n,i,k) : 0); @/
      /@ assert pre: \let q = k; \forall integer i;
           \at(Partners(linked,mark,n,i,q+1) == Partners(linked,mark,n,i,q) + (mark[q] == 0 ? Link(linked,n,i,q) : 0),Pre); @/
    }
    /@ assert end: k == n; @/
    lemma_partners(linked, mark, n);
  */
  /*@ loop invariant j: 0 <= j <= n;
      loop invariant more: \forall integer i; 0 <= i < j ==> degree[i] == \at(degree[i],Pre) + Link(linked,n,i,v);
      loop invariant kept: \forall integer i; j <= i < n ==> degree[i] == \at(degree[i],Pre);
      loop assigns j, degree[0 .. n-1]; loop variant n - j; */
  for (int j = 0; j < n; j++) {
    //@ assert flag: row[j] == Link(linked,n,v,j) && Link(linked,n,v,j) == Link(linked,n,j,v);
    //@ assert range: degree[j] + row[j] <= n;
    degree[j] += row[j];
  }
}

/* The rows of that level are put back. */
/*@ requires n: 1 <= n <= COVER_ROWS_MAX && 0 < level;
    requires linked: \valid_read(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires graph: IsGraph(linked,n);
    requires degrees: Degrees(linked,mark,degree,n);
    terminates \true; exits \false; assigns mark[0 .. n-1], degree[0 .. n-1];
    ensures back: \forall integer i; 0 <= i < n ==> mark[i] == (\old(mark[i]) == level ? 0 : \old(mark[i]));
    ensures degrees: Degrees(linked,mark,degree,n); */
static void put_level_back(const unsigned char *linked, int32_t *mark, uint32_t *degree, int n, int level)
{
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant back: \forall integer j; 0 <= j < i ==> mark[j] == (\at(mark[j],Pre) == level ? 0 : \at(mark[j],Pre));
      loop invariant kept: \forall integer j; i <= j < n ==> mark[j] == \at(mark[j],Pre);
      loop invariant degrees: Degrees(linked,mark,degree,n);
      loop assigns i, mark[0 .. n-1], degree[0 .. n-1]; loop variant n - i; */
  for (int i = 0; i < n; i++)
    if (mark[i] == level) put_back(linked, mark, degree, n, i);
}

/* Rows that are left: one of the greatest degree; n if none has a partner. */
/*@ requires n: 1 <= n <= COVER_ROWS_MAX;
    requires mark: \valid_read(mark + (0 .. n-1));
    requires degree: \valid_read(degree + (0 .. n-1));
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result <= n;
    ensures some: \result < n ==> mark[\result] == 0 && degree[\result] != 0;
    ensures greatest: \result < n ==> \forall integer i; 0 <= i < n && mark[i] == 0 ==> degree[i] <= degree[\result];
    ensures none: \result == n ==> \forall integer i; 0 <= i < n && mark[i] == 0 ==> degree[i] == 0; */
static int row_of_most_pairs(const int32_t *mark, const uint32_t *degree, int n)
{
  int most = n;
  uint32_t greatest = 0;
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant range: 0 <= most <= n;
      loop invariant some: most < n ==> most < i && mark[most] == 0 && degree[most] == greatest && 0 < greatest;
      loop invariant none: most == n ==> greatest == 0;
      loop invariant greatest: \forall integer j; 0 <= j < i && mark[j] == 0 ==> degree[j] <= greatest;
      loop assigns i, most, greatest; loop variant n - i; */
  for (int i = 0; i < n; i++)
    if (degree[i] > greatest && mark[i] == 0) {
      greatest = degree[i];
      most = i;
    }
  return most;
}

/* A row that is left and in one pair; n if there is none. */
/*@ requires n: 1 <= n <= COVER_ROWS_MAX;
    requires mark: \valid_read(mark + (0 .. n-1));
    requires degree: \valid_read(degree + (0 .. n-1));
    terminates \true; exits \false; assigns \nothing;
    ensures range: 0 <= \result <= n;
    ensures one: \result < n ==> mark[\result] == 0 && degree[\result] == 1; */
static int row_of_one_pair(const int32_t *mark, const uint32_t *degree, int n)
{
  int i = 0;
  /*@ loop invariant i: 0 <= i <= n;
      loop assigns i; loop variant n - i; */
  while (i < n && (degree[i] != 1 || mark[i] != 0)) i++;
  return i;
}

/* Twice the number of pairs that are left. */
/*@ requires n: 1 <= n <= COVER_ROWS_MAX;
    requires mark: \valid_read(mark + (0 .. n-1));
    requires degree: \valid_read(degree + (0 .. n-1));
    requires degrees: \forall integer i; 0 <= i < n ==> degree[i] <= n;
    terminates \true; exits \false; assigns \nothing;
    ensures sum: \result == DegreeSum(mark,degree,n);
    ensures all: \forall integer i; 0 <= i < n && mark[i] == 0 ==> degree[i] <= \result; */
static int64_t sum_of_degrees(const int32_t *mark, const uint32_t *degree, int n)
{
  int64_t sum = 0;
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant sum: sum == DegreeSum(mark,degree,i);
      loop invariant range: 0 <= sum <= i*COVER_ROWS_MAX;
      loop invariant all: \forall integer j; 0 <= j < i && mark[j] == 0 ==> degree[j] <= sum;
      loop assigns i, sum; loop variant n - i; */
  for (int i = 0; i < n; i++) {
    //@ assert next: DegreeSum(mark,degree,i+1) == DegreeSum(mark,degree,i) + (mark[i] == 0 ? degree[i] : 0);
    sum += mark[i] == 0 ? degree[i] : 0;
  }
  return sum;
}

/* Whether there are more pairs than so many rows can cover, each in greatest pairs at most. */
/*@ requires n: 1 <= n <= COVER_ROWS_MAX && 0 <= budget <= n && 1 <= greatest <= n;
    requires linked: \valid_read(linked + (0 .. n*n-1));
    requires mark: \valid_read(mark + (0 .. n-1));
    requires degree: \valid_read(degree + (0 .. n-1));
    requires graph: IsGraph(linked,n);
    requires degrees: Degrees(linked,mark,degree,n);
    requires greatest: \forall integer i; 0 <= i < n && mark[i] == 0 ==> degree[i] <= greatest;
    requires some: \exists integer i; 0 <= i < n && mark[i] == 0 && 0 < degree[i];
    terminates \true; exits \false; assigns \nothing;
    ensures many: \result != 0 ==> \forall row_set s; Covers(linked,mark,n,s) ==> budget < Size(mark,degree,s,n);
    ensures zero: budget == 0 ==> \result != 0; */
static int too_many_pairs(const int32_t *mark, const uint32_t *degree, int n, int budget, int greatest) /*@ ghost (const unsigned char *linked) */
{
  //@ ghost lemma_partners(linked, mark, n);
  int64_t sum = sum_of_degrees(mark, degree, n);
  //@ ghost lemma_pairs_bound(linked, mark, degree, n, greatest);
  //@ ghost lemma_repeated(greatest, budget);
  //@ assert range: 0 <= budget*greatest <= COVER_ROWS_MAX*COVER_ROWS_MAX;
  return sum > 2 * ((int64_t)budget * greatest);
}

/* A path from row i over rows that are left, each the first partner of the one before; they get that level. Of the rows of a path a cover has one
 * in two; of a cycle no less than half. */
/*@ requires n: 0 <= i < n <= COVER_ROWS_MAX && 0 < level;
    requires linked: \valid_read(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid_read(degree + (0 .. n-1));
    requires graph: IsGraph(linked,n);
    requires degrees: DegreesAll(linked,mark,degree,n,level);
    requires left: mark[i] == 0 && degree[i] != 0;
    terminates \true; exits \false; assigns mark[0 .. n-1];
    ensures range: 0 <= \result <= n;
    ensures taken: TakenSince{Pre,Post}(mark,n,level);
    ensures size: \forall row_set s; CoversAll{Pre}(linked,mark,n,level,s) ==>
      Size(mark,degree,s,n) + \result <= Size{Pre}(mark,degree,s,n); */
static int follow_path(const unsigned char *linked, int32_t *mark, int n, int i, int level) /*@ ghost (const uint32_t *degree) */
{
  int last = i, rows = 1;
  //@ ghost lemma_sizes(mark, degree, n);
  mark_row(mark, i, level) /*@ ghost (degree, n) */;
  //@ ghost lemma_sizes(mark, degree, n);
  int next = first_partner(linked, mark, n, i);
  /*@ loop invariant last: 0 <= last < n && AtLevel(mark,level,last);
      loop invariant next: 0 <= next <= n && (next < n ==> mark[next] == 0 && Link(linked,n,last,next) == 1);
      loop invariant rows: 1 <= rows <= n && Gone(mark,n) == \at(Gone(mark,n),Pre) + rows;
      loop invariant taken: TakenSince{Pre,Here}(mark,n,level);
      loop invariant size: \forall row_set s; CoversAll{Pre}(linked,mark,n,level,s) ==>
           2*Size(mark,degree,s,n) + (In(s,i) != 0 ? 1 : 0) + (In(s,last) != 0 ? 1 : 0) + rows - 1 <= 2*Size{Pre}(mark,degree,s,n);
      loop assigns last, rows, next, mark[0 .. n-1]; loop variant n - rows; */
  while (next < n) {
    //@ assert degree: AtLevel{Pre}(mark,level,last) && AtLevel{Pre}(mark,level,next) && degree[next] != 0;
    /*@ assert covered: \forall row_set s; CoversAll{Pre}(linked,mark,n,level,s) ==> In(s,last) != 0 || In(s,next) != 0; */
    mark_row(mark, next, level) /*@ ghost (degree, n) */;
    //@ ghost lemma_sizes(mark, degree, n);
    last = next;
    rows++;
    next = first_partner(linked, mark, n, last);
  }
  const unsigned char *row = pairs_of_row(linked, n, last);
  //@ assert flag: row[i] == Link(linked,n,last,i) && 0 <= row[i] <= 1;
  //@ assert levels: AtLevel{Pre}(mark,level,last) && AtLevel{Pre}(mark,level,i);
  /*@ assert closed: \forall row_set s; CoversAll{Pre}(linked,mark,n,level,s) && row[i] != 0 ==> In(s,last) != 0 || In(s,i) != 0; */
  return (rows + row[i]) / 2;
}

/* Whether paths and cycles show that no cover of so many rows exists. Where no row is in more than two pairs or in one, they are all pairs. */
/*@ requires n: 1 <= n <= COVER_ROWS_MAX && 0 <= budget <= n && 1 <= level;
    requires linked: \valid_read(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid_read(degree + (0 .. n-1));
    requires graph: IsGraph(linked,n);
    requires degrees: Degrees(linked,mark,degree,n);
    requires marks: Marks(mark,n,level);
    terminates \true; exits \false; assigns mark[0 .. n-1];
    ensures many: \result != 0 ==> \forall row_set s; Covers{Pre}(linked,mark,n,s) ==> budget < Size{Pre}(mark,degree,s,n);
    ensures same: Unchanged{Pre,Post}(mark,degree,n);
    ensures degrees: Degrees(linked,mark,degree,n); */
static int paths_need_more(const unsigned char *linked, int32_t *mark, const uint32_t *degree, int n, int budget, int level)
{
  int needed = 0;
  //@ ghost lemma_partners(linked, mark, n);
  /*@ assert symmetric: \forall integer i, j; 0 <= i < n && 0 <= j < n ==> Link(linked,n,i,j) == Link(linked,n,j,i); */
  //@ assert all: DegreesAll(linked,mark,degree,n,level);
  //@ assert covers: \forall row_set s; Covers(linked,mark,n,s) ==> CoversAll(linked,mark,n,level,s);
  /*@ loop invariant i: 0 <= i <= n;
      loop invariant needed: 0 <= needed <= budget + n;
      loop invariant taken: TakenSince{Pre,Here}(mark,n,level);
      loop invariant degrees: DegreesAll(linked,mark,degree,n,level);
      loop invariant covers: \forall row_set s; CoversAll{Pre}(linked,mark,n,level,s) ==> CoversAll(linked,mark,n,level,s);
      loop invariant size: \forall row_set s; CoversAll{Pre}(linked,mark,n,level,s) ==>
        Size(mark,degree,s,n) + needed <= Size{Pre}(mark,degree,s,n);
      loop assigns i, needed, mark[0 .. n-1]; loop variant n - i; */
  for (int i = 0; i < n && needed <= budget; i++)
    if (mark[i] == 0 && degree[i] != 0) needed += follow_path(linked, mark, n, i, level) /*@ ghost (degree) */;
  //@ ghost lemma_sizes(mark, degree, n);
  clear_level(mark, n, level);
  /*@ ghost
    int k = 0, m = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant partners: \forall integer i; 0 <= i < n ==>
         Partners(linked,mark,n,i,k) == \at(Partners(linked,mark,n,i,\at(k,Here)),Pre);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert here: \forall integer i; Partners(linked,mark,n,i,k+1) == Partners(linked,mark,n,i,k) + (mark[k] == 0 ? Link(linked,n,i,k) : 0); @/
      /@ assert pre: \let q = k; \forall integer i;
           \at(Partners(linked,mark,n,i,q+1) == Partners(linked,mark,n,i,q) + (mark[q] == 0 ? Link(linked,n,i,q) : 0),Pre); @/
    }
    /@ assert all: k == n; @/
    /@ loop invariant m: 0 <= m <= n;
       loop invariant gone: Gone(mark,m) == \at(Gone(mark,\at(m,Here)),Pre);
       loop invariant size: \forall row_set s; Size(mark,degree,s,m) == \at(Size(mark,degree,s,\at(m,Here)),Pre);
       loop assigns m; loop variant n - m; @/
    for (; m < n; m++) {
      /@ assert gone: Gone(mark,m+1) == Gone(mark,m) + (mark[m] != 0 ? 1 : 0); @/
      /@ assert gone_pre: \let q = m; \at(Gone(mark,q+1) == Gone(mark,q) + (mark[q] != 0 ? 1 : 0),Pre); @/
      /@ assert size: \forall row_set s;
           Size(mark,degree,s,m+1) == Size(mark,degree,s,m) + (mark[m] == 0 && degree[m] != 0 && In(s,m) != 0 ? 1 : 0); @/
      /@ assert size_pre: \let q = m; \forall row_set s;
           \at(Size(mark,degree,s,q+1) == Size(mark,degree,s,q) + (mark[q] == 0 && degree[q] != 0 && In(s,q) != 0 ? 1 : 0),Pre); @/
    }
    /@ assert end: m == n; @/
  */
  return needed > budget;
}

/* Takes the partners of row v, and says how many; it may stop when there are more than budget. */
/*@ requires n: 0 <= v < n <= COVER_ROWS_MAX && 0 <= budget <= n && 1 <= level;
    requires linked: \valid_read(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires graph: IsGraph(linked,n);
    requires degrees: Degrees(linked,mark,degree,n);
    requires left: mark[v] == 0 && degree[v] != 0;
    terminates \true; exits \false; assigns mark[0 .. n-1], degree[0 .. n-1];
    ensures range: 1 <= \result <= budget + 1;
    ensures taken: TakenSince{Pre,Post}(mark,n,level);
    ensures degrees: Degrees(linked,mark,degree,n);
    ensures gone: Gone(mark,n) == \old(Gone(mark,n)) + \result;
    ensures size: \forall row_set s; Covers{Pre}(linked,mark,n,s) && In(s,v) == 0 ==>
      Size(mark,degree,s,n) + \result <= Size{Pre}(mark,degree,s,n); */
static int take_partners(const unsigned char *linked, int32_t *mark, uint32_t *degree, int n, int v, int budget, int level)
{
  const unsigned char *row = pairs_of_row(linked, n, v);
  int count = 0;
  /*@ loop invariant j: 0 <= j <= n;
      loop invariant count: 0 <= count <= budget + 1;
      loop invariant none: count == 0 ==> \at(Partners(linked,mark,n,v,\at(j,Here)),Pre) == 0;
      loop invariant left: mark[v] == 0;
      loop invariant rest: \forall integer i; j <= i < n ==> mark[i] == \at(mark[i],Pre);
      loop invariant taken: TakenSince{Pre,Here}(mark,n,level);
      loop invariant degrees: Degrees(linked,mark,degree,n);
      loop invariant gone: Gone(mark,n) == \at(Gone(mark,n),Pre) + count;
      loop invariant size: \forall row_set s; Covers{Pre}(linked,mark,n,s) && In(s,v) == 0 ==>
        Size(mark,degree,s,n) + count <= Size{Pre}(mark,degree,s,n);
      loop assigns j, count, mark[0 .. n-1], degree[0 .. n-1]; loop variant n - j; */
  for (int j = 0; j < n && count <= budget; j++) {
    //@ assert flag: row[j] == Link(linked,n,v,j) && Link(linked,n,v,j) == Link(linked,n,j,v) && Link(linked,n,v,v) == 0;
    /*@ assert next: \let q = j;
          \at(Partners(linked,mark,n,v,q+1) == Partners(linked,mark,n,v,q) + (mark[q] == 0 ? Link(linked,n,v,q) : 0),Pre); */
    if (row[j] == 0 || mark[j] != 0) continue;
    //@ ghost lemma_partners(linked, mark, n);
    //@ assert degree: degree[j] != 0;
    /*@ assert needed: \forall row_set s; Covers{Pre}(linked,mark,n,s) && In(s,v) == 0 ==> In(s,j) != 0 && Needed(mark,degree,s,j); */
    take_row(linked, mark, degree, n, j, level);
    /*@ assert less: \forall row_set s; In(s,j) != 0 ==> !Needed(mark,degree,s,j); */
    count++;
  }
  return count;
}

/* As certigar_find_cover, with the degrees known and marks below level. */
/*@ requires n: 1 <= n <= COVER_ROWS_MAX && 0 <= budget <= n && 1 <= level && level + budget <= 2*COVER_ROWS_MAX;
    requires linked: \valid_read(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires graph: IsGraph(linked,n);
    requires degrees: Degrees(linked,mark,degree,n);
    requires marks: Marks(mark,n,level);
    terminates \true; decreases 4*budget; exits \false; assigns mark[0 .. n-1], degree[0 .. n-1];
    ensures found: \result == 0 || \result == 1;
    ensures none: \forall row_set s; Covers{Pre}(linked,mark,n,s) && Size{Pre}(mark,degree,s,n) <= budget ==> \result == 1;
    ensures cover: \result == 1 ==> NoPair(linked,mark,n);
    ensures size: \result == 1 ==> Gone(mark,n) <= \old(Gone(mark,n)) + budget;
    ensures kept: \forall integer i; 0 <= i < n && \old(mark[i]) != 0 ==> mark[i] == \old(mark[i]);
    ensures same: \result == 0 ==> Unchanged{Pre,Post}(mark,degree,n);
    ensures degrees: \result == 0 ==> Degrees(linked,mark,degree,n); */
static int search_cover(const unsigned char *linked, int32_t *mark, uint32_t *degree, int n, int budget, int level);

/* The same, of covers with row v; of all, if row u, when there is one, has no other partner than v. */
/*@ requires n: 0 <= v < n <= COVER_ROWS_MAX && 1 <= budget <= n && 1 <= level && level + budget <= 2*COVER_ROWS_MAX;
    requires linked: \valid_read(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires graph: IsGraph(linked,n);
    requires degrees: Degrees(linked,mark,degree,n);
    requires marks: Marks(mark,n,level);
    requires left: mark[v] == 0 && degree[v] != 0;
    requires u: 0 <= u <= n && (u < n ==> mark[u] == 0 && degree[u] == 1 && Link(linked,n,u,v) == 1);
    terminates \true; decreases 4*budget - 3; exits \false; assigns mark[0 .. n-1], degree[0 .. n-1];
    ensures found: \result == 0 || \result == 1;
    ensures none: \forall row_set s; Covers{Pre}(linked,mark,n,s) && Size{Pre}(mark,degree,s,n) <= budget && (In(s,v) != 0 || u < n) ==> \result == 1;
    ensures cover: \result == 1 ==> NoPair(linked,mark,n);
    ensures size: \result == 1 ==> Gone(mark,n) <= \old(Gone(mark,n)) + budget;
    ensures kept: \forall integer i; 0 <= i < n && \old(mark[i]) != 0 ==> mark[i] == \old(mark[i]);
    ensures same: \result == 0 ==> Unchanged{Pre,Post}(mark,degree,n);
    ensures degrees: \result == 0 ==> Degrees(linked,mark,degree,n); */
static int search_with_row(const unsigned char *linked, int32_t *mark, uint32_t *degree, int n, int v, int budget, int level) /*@ ghost (int u) */
{
  take_row(linked, mark, degree, n, v, level);
  //@ assert covers: \forall row_set s; Covers{Pre}(linked,mark,n,s) ==> Covers(linked,mark,n,s);
  //@ assert taken: \forall row_set s; In(s,v) != 0 ==> Needed{Pre}(mark,degree,s,v) && !Needed(mark,degree,s,v);
  /*@ assert alone: \forall row_set s; u < n && Covers{Pre}(linked,mark,n,s) && In(s,v) == 0 ==>
        Needed{Pre}(mark,degree,s,u) && !Needed(mark,degree,s,u); */
  /*@ assert less: \forall row_set s; Covers{Pre}(linked,mark,n,s) && (In(s,v) != 0 || u < n) ==>
        Size(mark,degree,s,n) <= Size{Pre}(mark,degree,s,n) - 1; */
  if (search_cover(linked, mark, degree, n, budget - 1, level + 1)) return 1;
  put_level_back(linked, mark, degree, n, level);
  //@ assert back: \forall integer i; 0 <= i < n ==> mark[i] == \at(mark[i],Pre);
  /*@ ghost
    int k = 0, m = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant partners: \forall integer i; 0 <= i < n ==>
         Partners(linked,mark,n,i,k) == \at(Partners(linked,mark,n,i,\at(k,Here)),Pre);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert here: \forall integer i; Partners(linked,mark,n,i,k+1) == Partners(linked,mark,n,i,k) + (mark[k] == 0 ? Link(linked,n,i,k) : 0); @/
      /@ assert pre: \let q = k; \forall integer i;
           \at(Partners(linked,mark,n,i,q+1) == Partners(linked,mark,n,i,q) + (mark[q] == 0 ? Link(linked,n,i,q) : 0),Pre); @/
    }
    /@ assert all: k == n; @/
    /@ assert partners: \forall integer i; 0 <= i < n ==> Partners(linked,mark,n,i,n) == Partners{Pre}(linked,mark,n,i,n); @/
    /@ assert were: \forall integer i; 0 <= i < n ==> \at(degree[i],Pre) == Partners{Pre}(linked,mark,n,i,n); @/
    /@ assert are: \forall integer i; 0 <= i < n ==> degree[i] == Partners(linked,mark,n,i,n); @/
    /@ assert degrees: \forall integer i; 0 <= i < n ==> degree[i] == \at(degree[i],Pre); @/
    /@ loop invariant m: 0 <= m <= n;
       loop invariant gone: Gone(mark,m) == \at(Gone(mark,\at(m,Here)),Pre);
       loop invariant size: \forall row_set s; Size(mark,degree,s,m) == \at(Size(mark,degree,s,\at(m,Here)),Pre);
       loop assigns m; loop variant n - m; @/
    for (; m < n; m++) {
      /@ assert gone: Gone(mark,m+1) == Gone(mark,m) + (mark[m] != 0 ? 1 : 0); @/
      /@ assert gone_pre: \let q = m; \at(Gone(mark,q+1) == Gone(mark,q) + (mark[q] != 0 ? 1 : 0),Pre); @/
      /@ assert size: \forall row_set s;
           Size(mark,degree,s,m+1) == Size(mark,degree,s,m) + (mark[m] == 0 && degree[m] != 0 && In(s,m) != 0 ? 1 : 0); @/
      /@ assert size_pre: \let q = m; \forall row_set s;
           \at(Size(mark,degree,s,q+1) == Size(mark,degree,s,q) + (mark[q] == 0 && degree[q] != 0 && In(s,q) != 0 ? 1 : 0),Pre); @/
    }
    /@ assert end: m == n; @/
  */
  return 0;
}

/* The same, of covers without row v: they have all its partners. */
/*@ requires n: 0 <= v < n <= COVER_ROWS_MAX && 1 <= budget <= n && 1 <= level && level + budget <= 2*COVER_ROWS_MAX;
    requires linked: \valid_read(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires graph: IsGraph(linked,n);
    requires degrees: Degrees(linked,mark,degree,n);
    requires marks: Marks(mark,n,level);
    requires left: mark[v] == 0 && degree[v] != 0;
    terminates \true; decreases 4*budget - 3; exits \false; assigns mark[0 .. n-1], degree[0 .. n-1];
    ensures found: \result == 0 || \result == 1;
    ensures none: \forall row_set s; Covers{Pre}(linked,mark,n,s) && Size{Pre}(mark,degree,s,n) <= budget && In(s,v) == 0 ==> \result == 1;
    ensures cover: \result == 1 ==> NoPair(linked,mark,n);
    ensures size: \result == 1 ==> Gone(mark,n) <= \old(Gone(mark,n)) + budget;
    ensures kept: \forall integer i; 0 <= i < n && \old(mark[i]) != 0 ==> mark[i] == \old(mark[i]);
    ensures same: \result == 0 ==> Unchanged{Pre,Post}(mark,degree,n);
    ensures degrees: \result == 0 ==> Degrees(linked,mark,degree,n); */
static int search_without_row(const unsigned char *linked, int32_t *mark, uint32_t *degree, int n, int v, int budget, int level)
{
  int count = take_partners(linked, mark, degree, n, v, budget, level);
  //@ assert covers: \forall row_set s; Covers{Pre}(linked,mark,n,s) ==> Covers(linked,mark,n,s);
  //@ ghost lemma_sizes(mark, degree, n);
  if (count <= budget && search_cover(linked, mark, degree, n, budget - count, level + 1)) return 1;
  put_level_back(linked, mark, degree, n, level);
  //@ assert back: \forall integer i; 0 <= i < n ==> mark[i] == \at(mark[i],Pre);
  /*@ ghost
    int k = 0, m = 0;
    /@ loop invariant k: 0 <= k <= n;
       loop invariant partners: \forall integer i; 0 <= i < n ==>
         Partners(linked,mark,n,i,k) == \at(Partners(linked,mark,n,i,\at(k,Here)),Pre);
       loop assigns k; loop variant n - k; @/
    for (; k < n; k++) {
      /@ assert here: \forall integer i; Partners(linked,mark,n,i,k+1) == Partners(linked,mark,n,i,k) + (mark[k] == 0 ? Link(linked,n,i,k) : 0); @/
      /@ assert pre: \let q = k; \forall integer i;
           \at(Partners(linked,mark,n,i,q+1) == Partners(linked,mark,n,i,q) + (mark[q] == 0 ? Link(linked,n,i,q) : 0),Pre); @/
    }
    /@ assert all: k == n; @/
    /@ assert partners: \forall integer i; 0 <= i < n ==> Partners(linked,mark,n,i,n) == Partners{Pre}(linked,mark,n,i,n); @/
    /@ assert were: \forall integer i; 0 <= i < n ==> \at(degree[i],Pre) == Partners{Pre}(linked,mark,n,i,n); @/
    /@ assert are: \forall integer i; 0 <= i < n ==> degree[i] == Partners(linked,mark,n,i,n); @/
    /@ assert degrees: \forall integer i; 0 <= i < n ==> degree[i] == \at(degree[i],Pre); @/
    /@ loop invariant m: 0 <= m <= n;
       loop invariant gone: Gone(mark,m) == \at(Gone(mark,\at(m,Here)),Pre);
       loop invariant size: \forall row_set s; Size(mark,degree,s,m) == \at(Size(mark,degree,s,\at(m,Here)),Pre);
       loop assigns m; loop variant n - m; @/
    for (; m < n; m++) {
      /@ assert gone: Gone(mark,m+1) == Gone(mark,m) + (mark[m] != 0 ? 1 : 0); @/
      /@ assert gone_pre: \let q = m; \at(Gone(mark,q+1) == Gone(mark,q) + (mark[q] != 0 ? 1 : 0),Pre); @/
      /@ assert size: \forall row_set s;
           Size(mark,degree,s,m+1) == Size(mark,degree,s,m) + (mark[m] == 0 && degree[m] != 0 && In(s,m) != 0 ? 1 : 0); @/
      /@ assert size_pre: \let q = m; \forall row_set s;
           \at(Size(mark,degree,s,q+1) == Size(mark,degree,s,q) + (mark[q] == 0 && degree[q] != 0 && In(s,q) != 0 ? 1 : 0),Pre); @/
    }
    /@ assert end: m == n; @/
    /@ assert sizes: \forall row_set s; Size{Pre}(mark,degree,s,n) == Size(mark,degree,s,n); @/
    /@ assert rows: \forall integer i; 0 <= i < n ==> \at(mark[i],Pre) == mark[i] && \at(degree[i],Pre) == degree[i]; @/
    /@ assert unchanged: Unchanged{Pre,Here}(mark,degree,n); @/
  */
  return 0;
}

/* As search_cover: with row v, or else without. */
/*@ requires n: 0 <= v < n <= COVER_ROWS_MAX && 1 <= budget <= n && 1 <= level && level + budget <= 2*COVER_ROWS_MAX;
    requires linked: \valid_read(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires graph: IsGraph(linked,n);
    requires degrees: Degrees(linked,mark,degree,n);
    requires marks: Marks(mark,n,level);
    requires left: mark[v] == 0 && degree[v] != 0;
    terminates \true; decreases 4*budget - 2; exits \false; assigns mark[0 .. n-1], degree[0 .. n-1];
    ensures found: \result == 0 || \result == 1;
    ensures none: \forall row_set s; Covers{Pre}(linked,mark,n,s) && Size{Pre}(mark,degree,s,n) <= budget ==> \result == 1;
    ensures cover: \result == 1 ==> NoPair(linked,mark,n);
    ensures size: \result == 1 ==> Gone(mark,n) <= \old(Gone(mark,n)) + budget;
    ensures kept: \forall integer i; 0 <= i < n && \old(mark[i]) != 0 ==> mark[i] == \old(mark[i]);
    ensures same: \result == 0 ==> Unchanged{Pre,Post}(mark,degree,n);
    ensures degrees: \result == 0 ==> Degrees(linked,mark,degree,n); */
static int search_by_row(const unsigned char *linked, int32_t *mark, uint32_t *degree, int n, int v, int budget, int level)
{
  if (search_with_row(linked, mark, degree, n, v, budget, level) /*@ ghost (n) */) return 1;
  //@ assert same: \forall row_set s; Covers{Pre}(linked,mark,n,s) ==> Covers(linked,mark,n,s);
  return search_without_row(linked, mark, degree, n, v, budget, level);
}

/* The same, when paths and cycles do not show that there is none. */
/*@ requires n: 0 <= v < n <= COVER_ROWS_MAX && 1 <= budget <= n && 1 <= level && level + budget <= 2*COVER_ROWS_MAX;
    requires linked: \valid_read(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires graph: IsGraph(linked,n);
    requires degrees: Degrees(linked,mark,degree,n);
    requires marks: Marks(mark,n,level);
    requires left: mark[v] == 0 && degree[v] != 0;
    terminates \true; decreases 4*budget - 1; exits \false; assigns mark[0 .. n-1], degree[0 .. n-1];
    ensures found: \result == 0 || \result == 1;
    ensures none: \forall row_set s; Covers{Pre}(linked,mark,n,s) && Size{Pre}(mark,degree,s,n) <= budget ==> \result == 1;
    ensures cover: \result == 1 ==> NoPair(linked,mark,n);
    ensures size: \result == 1 ==> Gone(mark,n) <= \old(Gone(mark,n)) + budget;
    ensures kept: \forall integer i; 0 <= i < n && \old(mark[i]) != 0 ==> mark[i] == \old(mark[i]);
    ensures same: \result == 0 ==> Unchanged{Pre,Post}(mark,degree,n);
    ensures degrees: \result == 0 ==> Degrees(linked,mark,degree,n); */
static int search_past_paths(const unsigned char *linked, int32_t *mark, uint32_t *degree, int n, int v, int budget, int level)
{
  if (degree[v] <= 2 && paths_need_more(linked, mark, degree, n, budget, level)) return 0;
  //@ assert same: \forall integer i; 0 <= i < n ==> mark[i] == \at(mark[i],Pre) && degree[i] == \at(degree[i],Pre);
  //@ assert covers: \forall row_set s; Covers{Pre}(linked,mark,n,s) ==> Covers(linked,mark,n,s);
  return search_by_row(linked, mark, degree, n, v, budget, level);
}

/* The same, by the partner of a row v that has one. */
/*@ requires n: 0 <= v < n <= COVER_ROWS_MAX && 1 <= budget <= n && 1 <= level && level + budget <= 2*COVER_ROWS_MAX;
    requires linked: \valid_read(linked + (0 .. n*n-1));
    requires mark: \valid(mark + (0 .. n-1));
    requires degree: \valid(degree + (0 .. n-1));
    requires graph: IsGraph(linked,n);
    requires degrees: Degrees(linked,mark,degree,n);
    requires marks: Marks(mark,n,level);
    requires left: mark[v] == 0 && degree[v] == 1;
    terminates \true; decreases 4*budget - 1; exits \false; assigns mark[0 .. n-1], degree[0 .. n-1];
    ensures found: \result == 0 || \result == 1;
    ensures none: \forall row_set s; Covers{Pre}(linked,mark,n,s) && Size{Pre}(mark,degree,s,n) <= budget ==> \result == 1;
    ensures cover: \result == 1 ==> NoPair(linked,mark,n);
    ensures size: \result == 1 ==> Gone(mark,n) <= \old(Gone(mark,n)) + budget;
    ensures kept: \forall integer i; 0 <= i < n && \old(mark[i]) != 0 ==> mark[i] == \old(mark[i]);
    ensures same: \result == 0 ==> Unchanged{Pre,Post}(mark,degree,n);
    ensures degrees: \result == 0 ==> Degrees(linked,mark,degree,n); */
static int search_by_leaf(const unsigned char *linked, int32_t *mark, uint32_t *degree, int n, int v, int budget, int level)
{
  int partner = first_partner(linked, mark, n, v);
  //@ ghost lemma_partners(linked, mark, n);
  //@ assert partner: partner < n && Link(linked,n,v,partner) == Link(linked,n,partner,v);
  return search_with_row(linked, mark, degree, n, partner, budget, level) /*@ ghost (v) */;
}

static int search_cover(const unsigned char *linked, int32_t *mark, uint32_t *degree, int n, int budget, int level)
{
  int most = row_of_most_pairs(mark, degree, n), leaf = row_of_one_pair(mark, degree, n);
  //@ ghost lemma_partners(linked, mark, n);
  //@ assert none: most == n ==> NoPair(linked,mark,n);
  if (most == n) return 1;
  if (too_many_pairs(mark, degree, n, budget, (int)degree[most]) /*@ ghost (linked) */) return 0;
  if (leaf < n) return search_by_leaf(linked, mark, degree, n, leaf, budget, level);
  return search_past_paths(linked, mark, degree, n, most, budget, level);
}

int certigar_find_cover(const unsigned char *linked, int n, int budget, int32_t *mark, uint32_t *degree)
{
  count_degrees(linked, mark, degree, n);
  //@ ghost lemma_sizes(mark, degree, n);
  return search_cover(linked, mark, degree, n, budget, 2);
}
