/* Rows within a limit: see limited.h. */
#include "order/limited.h"

/* Selects the chosen rows that are known to be within the limit; wanted become those of which it is not known. Returns how many. */
/*@ requires n: 0 <= n <= LIMITED_ROWS_MAX;
    requires chosen: \valid_read(chosen + (0 .. n-1));
    requires selected: \valid(selected + (0 .. n-1));
    requires wanted: \valid(wanted + (0 .. n-1));
    requires apart: \separated(chosen + (0 .. n-1),selected + (0 .. n-1),wanted + (0 .. n-1));
    terminates \true; exits \false; assigns selected[0 .. n-1], wanted[0 .. n-1];
    ensures range: 0 <= \result <= n;
    ensures flags: \forall integer k; 0 <= k < n ==> selected[k] == 0 || selected[k] == 1;
    ensures both: \forall integer k; 0 <= k < n && selected[k] != 0 ==> chosen[k] != 0 && WithinLimit(k);
    ensures all: \forall integer k; 0 <= k < n && chosen[k] != 0 && WithinLimit(k) ==> selected[k] != 0 || wanted[k] != 0;
    ensures wanted: \forall integer k; 0 <= k < n && wanted[k] != 0 ==> chosen[k] != 0;
    ensures none: \result == 0 ==> \forall integer k; 0 <= k < n ==> wanted[k] == 0; */
static int select_known(const certigar_brsgd *brsgd, const unsigned char *chosen, int n, unsigned char *selected, unsigned char *wanted)
{
  int open = 0;
  /*@ loop invariant k: 0 <= k <= n && 0 <= open <= k;
      loop invariant flags: \forall integer j; 0 <= j < k ==> selected[j] == 0 || selected[j] == 1;
      loop invariant both: \forall integer j; 0 <= j < k && selected[j] != 0 ==> chosen[j] != 0 && WithinLimit(j);
      loop invariant all: \forall integer j; 0 <= j < k && chosen[j] != 0 && WithinLimit(j) ==> selected[j] != 0 || wanted[j] != 0;
      loop invariant wanted: \forall integer j; 0 <= j < k && wanted[j] != 0 ==> chosen[j] != 0;
      loop invariant none: open == 0 ==> \forall integer j; 0 <= j < k ==> wanted[j] == 0;
      loop assigns k, open, selected[0 .. n-1], wanted[0 .. n-1]; loop variant n - k; */
  for (int k = 0; k < n; k++) {
    int side = chosen[k] ? certigar_side_of_limit(brsgd, k) : 1;
    selected[k] = (unsigned char)(side < 0 ? 1 : 0);
    wanted[k] = side == 0 ? 1 : 0;
    if (side == 0) open++;
  }
  return open;
}

/* Of those that were wanted, selects those that were measured to be within the limit. */
/*@ requires n: 0 <= n <= LIMITED_ROWS_MAX;
    requires selected: \valid(selected + (0 .. n-1));
    requires wanted: \valid_read(wanted + (0 .. n-1));
    requires within: \valid_read(within + (0 .. n-1));
    requires apart: \separated(selected + (0 .. n-1),wanted + (0 .. n-1)) && \separated(selected + (0 .. n-1),within + (0 .. n-1));
    requires measured: \forall integer k; 0 <= k < n && wanted[k] != 0 ==> (within[k] != 0 <==> WithinLimit(k));
    terminates \true; exits \false; assigns selected[0 .. n-1];
    ensures measured: \forall integer k; 0 <= k < n && wanted[k] != 0 ==> selected[k] == (within[k] != 0 ? 1 : 0);
    ensures others: \forall integer k; 0 <= k < n && wanted[k] == 0 ==> selected[k] == \old(selected[k]); */
static void select_measured(const unsigned char *wanted, const unsigned char *within, int n, unsigned char *selected)
{
  /*@ loop invariant k: 0 <= k <= n;
      loop invariant measured: \forall integer j; 0 <= j < k && wanted[j] != 0 ==> selected[j] == (within[j] != 0 ? 1 : 0);
      loop invariant others: \forall integer j; 0 <= j < n && (k <= j || wanted[j] == 0) ==> selected[j] == \at(selected[j],Pre);
      loop assigns k, selected[0 .. n-1]; loop variant n - k; */
  for (int k = 0; k < n; k++)
    if (wanted[k]) selected[k] = within[k] ? 1 : 0;
}

int certigar_select_limited(certigar_brsgd *brsgd, const unsigned char *chosen, int n, unsigned char *selected, unsigned char *wanted,
                            unsigned char *within)
{
  int open = select_known(brsgd, chosen, n, selected, wanted);
  if (open == 0) return 0;
  if (!certigar_measure_wanted(brsgd, wanted, n, within)) return -1;
  select_measured(wanted, within, n, selected);
  return open;
}
