(* Median, trimmed-mean and meamed of one column: spec/rules.md, section 4, and resilient averaging, of which the theorems speak.

   How this meets the ACSL definitions (spec/acsl/rules.h), against which the C code is proved. A value is an integer in units of
   the smallest subnormal (Val of a finite key), an infinity or the NaN. Rank(t,n,l,j) is rank s j, for s any sorted permutation of
   the column: all of them agree, but for the order of -0 and +0, which are one value here. RankSum(t,n,l,lo,hi) is the sum of the
   ranks lo to hi-1, and IsQuotient says that the output is RN of that sum over hi-lo. Here the output is the quotient itself:
   where q satisfies IsTrimmedMean, IsMedian or IsMeamed below, the output z of the C code, which satisfies the predicate of that
   name in ACSL, is RN(q), or the NaN or infinity where q does not exist. So z is within the bound proved here plus |RN(q) - q|
   (rounded_resilient), which is at most half a unit in the last place of z (rounded_half_ulp and returned_resilient in Rounding.v, with
   RN written as ACSL writes it), and 0 for a selected rank. The set S of n-f finite rows is the h of Honest with CountTrue(h,n) = n-f; the
   other rows hold anything, infinities and NaN included. ACSL bounds n and f as C does; here they are any. Of values equally
   close to the median ACSL keeps the smaller, and says so by consecutive ranks; here any set of closest rows will do, so that the
   theorems hold for every choice. That the two writings agree is not a theorem: the ledger lists it among what is trusted
   (trust-two-writings), and this paragraph is for the reader who compares them. *)

Require Import ZArith QArith Qabs List Permutation Sorted Lia.
From Certigar Require Import Lists.
Import ListNotations.
Open Scope Z_scope.

(* ---- values in their order: -infinity < finite < +infinity < NaN ---- *)

Inductive value := MinusInf | Fin (v : Z) | PlusInf | NaN.

Definition le (a b : value) : Prop :=
  match a, b with
  | MinusInf, _ => True
  | Fin v, Fin w => v <= w
  | Fin _, PlusInf => True
  | PlusInf, PlusInf => True
  | Fin _, NaN => True
  | PlusInf, NaN => True
  | NaN, NaN => True
  | _, _ => False
  end.

(* ---- rows and sets of rows ---- *)

Definition Rows (n k : nat) (S : list nat) : Prop :=            (* k different ones of the rows 0 ... n-1 *)
  NoDup S /\ length S = k /\ forall i, In i S -> (i < n)%nat.

Definition column (n : nat) (x : nat -> value) : list value := map x (seq 0 n).

Definition Holds (x : nat -> value) (v : nat -> Z) (S : list nat) : Prop :=        (* the rows S are finite, of values v *)
  forall i, In i S -> x i = Fin (v i).

(* ---- ranks and means ---- *)

Definition Ranks (l s : list value) : Prop :=                   (* s is x_(0) <= x_(1) <= ... of the values l *)
  Permutation l s /\ StronglySorted le s.

Definition rank (s : list value) (j : nat) : value := nth j s NaN.

Definition ratio (a b : nat) : Q := inject_Z (Z.of_nat a) / inject_Z (Z.of_nat b).

Definition mean (l : list Z) : Q := inject_Z (zsum l) / inject_Z (Z.of_nat (length l)).

Definition IsMean (l : list value) (q : Q) : Prop :=            (* l are finite values, and q is their exact mean *)
  l <> [] /\ exists z, l = map Fin z /\ (q == mean z)%Q.

(* ---- spread ---- *)

Definition least (l : list Z) : Z := match l with [] => 0 | a :: t => fold_right Z.min a t end.
Definition greatest (l : list Z) : Z := match l with [] => 0 | a :: t => fold_right Z.max a t end.
Definition spread (l : list Z) : Q := inject_Z (greatest l - least l).

(* ---- the rules: q is the exact output, before rounding ---- *)

Definition IsTrimmedMean (n f : nat) (x : nat -> value) (q : Q) : Prop :=
  exists s, Ranks (column n x) s /\ IsMean (map (rank s) (seq f (n - 2 * f))) q.         (* x_(f), ..., x_(n-f-1) *)

Inductive kind := Midpoint | Lower | Upper.

Definition IsMedian (k : kind) (n : nat) (x : nat -> value) (q : Q) : Prop :=
  exists s, Ranks (column n x) s /\
    if Nat.odd n then IsMean [rank s ((n - 1) / 2)] q
    else match k with
         | Midpoint => IsMean [rank s (n / 2 - 1); rank s (n / 2)] q
         | Lower => IsMean [rank s (n / 2 - 1)] q
         | Upper => IsMean [rank s (n / 2)] q
         end.

Definition TwiceMedian (l : list value) (c : Z) : Prop :=       (* c is twice the exact midpoint median of l, which is finite *)
  exists s a b, Ranks l s /\ rank s ((length l - 1) / 2) = Fin a /\ rank s (length l / 2) = Fin b /\ c = a + b.

(* K: q of the rows T, all finite, none of them farther from c/2 than a finite row of T that is left out. Distances are doubled *)
Definition Closest (x : nat -> value) (T : list nat) (q : nat) (c : Z) (K : list nat) : Prop :=
  NoDup K /\ length K = q /\ incl K T /\
  forall k, In k K -> exists v, x k = Fin v /\
    forall i w, In i T -> ~ In i K -> x i = Fin w -> Z.abs (2 * v - c) <= Z.abs (2 * w - c).

Definition IsMeamed (n f : nat) (x : nat -> value) (q : Q) : Prop :=
  exists c K, TwiceMedian (column n x) c /\ Closest x (seq 0 n) (n - f) c K /\ IsMean (map x K) q.

(* ---- (f, lambda)-resilient averaging: Farhadkhani et al. 2022, for one column ---- *)

Definition Within (q : Q) (v : nat -> Z) (S : list nat) (lambda : Q) : Prop :=
  (Qabs (q - mean (map v S)) <= lambda * spread (map v S))%Q.

(* for every column and every set S of n-f finite rows of it, whatever the other rows hold *)
Definition Resilient (n f : nat) (rule : (nat -> value) -> Q -> Prop) (lambda : Q) : Prop :=
  forall x v S q, Rows n (n - f) S -> Holds x v S -> rule x q -> Within q v S lambda.

Definition Defined (n f : nat) (rule : (nat -> value) -> Q -> Prop) : Prop :=          (* an exact output exists *)
  forall x v S, Rows n (n - f) S -> Holds x v S -> exists q, rule x q.

(* ---- bounds of least and greatest ---- *)

Lemma fold_min : forall t a v, In v (a :: t) -> fold_right Z.min a t <= v.
Proof.
  induction t as [ | b t IH]; intros a v V; simpl in *.
  - destruct V as [<- | []]. lia.
  - destruct V as [<- | [<- | V]]; [ | lia | ].
    + pose proof (IH a a (or_introl eq_refl)). lia.
    + pose proof (IH a v (or_intror V)). lia.
Qed.

Lemma fold_max : forall t a v, In v (a :: t) -> v <= fold_right Z.max a t.
Proof.
  induction t as [ | b t IH]; intros a v V; simpl in *.
  - destruct V as [<- | []]. lia.
  - destruct V as [<- | [<- | V]]; [ | lia | ].
    + pose proof (IH a a (or_introl eq_refl)). lia.
    + pose proof (IH a v (or_intror V)). lia.
Qed.

Lemma in_fold_min : forall t a, In (fold_right Z.min a t) (a :: t).
Proof.
  induction t as [ | b t IH]; intros a; simpl; [auto | ].
  destruct (Z.min_spec b (fold_right Z.min a t)) as [[_ ->] | [_ ->]]; [auto | ].
  destruct (IH a) as [E | E]; auto.
Qed.

Lemma in_fold_max : forall t a, In (fold_right Z.max a t) (a :: t).
Proof.
  induction t as [ | b t IH]; intros a; simpl; [auto | ].
  destruct (Z.max_spec b (fold_right Z.max a t)) as [[_ ->] | [_ ->]]; [ | auto].
  destruct (IH a) as [E | E]; auto.
Qed.

(* least and greatest are what their names say *)
Theorem least_greatest : forall l, l <> [] ->
  In (least l) l /\ In (greatest l) l /\ forall v, In v l -> least l <= v <= greatest l.
Proof.
  intros [ | a t] H; [contradiction | ]. unfold least, greatest. repeat split.
  - apply in_fold_min.
  - apply in_fold_max.
  - apply fold_min. assumption.
  - apply fold_max. assumption.
Qed.
