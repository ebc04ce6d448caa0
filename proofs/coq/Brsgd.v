(* BrSGD: which rows it averages (spec/rules.md, section 7; Li et al.: Efficient Byzantine-Resilient Stochastic Gradient Descent, Algorithm 2).

   Non-finite rows are dropped; of the m others each column marks those on the side of its mean where at least half of them are. C2 are the
   ceil(beta m) rows of most marks, C1 the rows whose L1 distance to the columns' medians is at most 2T, and what is averaged are the rows of C2 that
   are in C1. So there is one such set (brsgd_chosen), and every row in it is finite, is within the limit, and has no fewer marks than any
   finite row that is not in C2 (brsgd_constraints): the whole Guarantee of rules.md.

   Values are integers in units. 2M is the sum of the two middle values, so a doubled distance is an integer; as a real number it is compared with 4T.
   This is of the definition: of the C code marks, distances and C2 are proved, and the comparison with 4T is tested (the ledger's brsgd rows). *)

Require Import ZArith QArith Qround List Permutation Sorted Lia.
From Certigar Require Import Lists Bounds Rules Columns Ranking.
Import ListNotations.
Open Scope Z_scope.

Lemma pick_each : forall (P : nat -> Z -> Prop) e, (forall k, (k < e)%nat -> exists c, P k c) -> exists M, forall k, (k < e)%nat -> P k (M k).
Proof.
  intros P. induction e as [ | e IH]; intros H; [exists (fun _ => 0); intros k K; lia | ].
  destruct IH as (M & MM); [intros k K; apply H; lia | ]. destruct (H e ltac:(lia)) as (c & C).
  exists (fun k => if (k =? e)%nat then c else M k). intros k K. destruct (Nat.eqb_spec k e) as [-> | NE]; [exact C | apply MM; lia].
Qed.

Section Brsgd.
  Variables (n d : nat) (unit beta : Q) (limit : option Q) (x : nat -> nat -> value).      (* limit: T, or none *)

  Definition finite_row (i : nat) : bool := forallb (is_finite (x i)) (seq 0 d).
  Definition left : list nat := filter finite_row (seq 0 n).                               (* the m rows that are left *)
  Definition m : Z := Z.of_nat (length left).
  Definition v (i k : nat) : Z := value_of (x i) k.

  (* ---- marks ---- *)

  Definition up (k i : nat) : bool := zsum (map (fun j => v j k) left) <=? m * v i k.
  Definition marked (k i : nat) : bool :=
    if m <=? 2 * Z.of_nat (length (filter (up k) left)) then up k i else negb (up k i).
  Definition marks (i : nat) : nat := length (filter (fun k => marked k i) (seq 0 d)).

  Definition quota : nat := Z.to_nat (Qceiling (beta * inject_Z m)).

  Definition more (a b : nat) : Prop := (b <= a)%nat.
  Definition IsC2 (C : list nat) : Prop := IsFirst more marks quota left C.                 (* greatest quota of (marks) *)

  (* ---- distances ---- *)

  Definition Medians (M : nat -> Z) : Prop := forall k, (k < d)%nat -> TwiceMedian (map (fun i => x i k) left) (M k).
  Definition distance (M : nat -> Z) (i : nat) : Z := zsum (map (fun k => Z.abs (2 * v i k - M k)) (seq 0 d)).        (* doubled *)
  Definition near (M : nat -> Z) (i : nat) : bool :=                                        (* row i is in C1 *)
    match limit with None => true | Some T => Qle_bool (unit * inject_Z (distance M i)) (4 * T) end.

  Definition IsBrsgd (C : list nat) : Prop := exists M C2, Medians M /\ IsC2 C2 /\ C = filter (near M) C2.

  (* ---- what holds of it ---- *)

  Lemma more_decided : forall a b, {more a b} + {~ more a b}.
  Proof. intros a b. apply le_dec. Qed.

  Lemma more_total : forall a b, more a b \/ more b a.
  Proof. unfold more. intros. lia. Qed.

  Lemma more_trans : forall a b c, more a b -> more b c -> more a c.
  Proof. unfold more. intros. lia. Qed.

  Lemma quota_few : (beta <= 1)%Q -> (quota <= length left)%nat.
  Proof.
    intros B. unfold quota. enough (H : Qceiling (beta * inject_Z m) <= m) by (unfold m in *; lia).
    rewrite <- (Qceiling_Z m) at 2. apply Qceiling_resp_le. rewrite <- (Qmult_1_l (inject_Z m)) at 2. apply Qmult_le_compat_r; [exact B | ].
    change 0%Q with (inject_Z 0). rewrite <- Zle_Qle. unfold m. lia.
  Qed.

  Lemma left_distinct : NoDup left.
  Proof. apply NoDup_filter, seq_NoDup. Qed.

  Lemma left_finite : forall i k, In i left -> (k < d)%nat -> x i k = Fin (v i k).
  Proof.
    intros i k I K. apply filter_In in I. destruct I as (_ & I). unfold finite_row in I. rewrite forallb_forall in I.
    specialize (I k (proj2 (in_seq d 0 k) ltac:(lia))). unfold v, value_of. unfold is_finite in I. destruct (x i k); try discriminate. reflexivity.
  Qed.

  Theorem brsgd_constraints : forall C, (beta <= 1)%Q -> IsBrsgd C -> exists M C2, Medians M /\ NoDup C2 /\ length C2 = quota /\
    forall i, In i C -> (In i left /\ forall T, limit = Some T -> (unit * inject_Z (distance M i) <= 4 * T)%Q) /\
      (In i C2 /\ forall j, In j left -> ~ In j C2 -> (marks j <= marks i)%nat /\ (marks j = marks i -> (i < j)%nat)).
  Proof.
    intros C B (M & C2 & MM & H & ->). exists M, C2.
    destruct (first_rows _ _ marks quota left C2 left_distinct (quota_few B) H) as (N & L & IL).
    split; [exact MM | ]. split; [exact N | ]. split; [exact L | ]. intros i I. apply filter_In in I. destruct I as (I & Q). split; split.
    - apply IL. exact I.
    - intros T E. unfold near in Q. rewrite E in Q. apply Qle_bool_iff. exact Q.
    - exact I.
    - intros j J NJ. destruct (first_left_out _ _ marks _ _ _ i j H I J NJ) as (LE & F). split; [exact LE | ].
      intros E. apply F. unfold more. lia.
  Qed.

  (* ---- there is one set, unless no row is left ---- *)

  Lemma le_antisym : forall a b, le a b -> le b a -> a = b.
  Proof. intros [ | p | | ] [ | q | | ]; simpl; try tauto. intros. f_equal. lia. Qed.

  Lemma median_unique : forall l b c, TwiceMedian l b -> TwiceMedian l c -> b = c.
  Proof.
    intros l b c (s & p & q & (P & S) & A & B & ->) (s' & p' & q' & (P' & S') & A' & B' & ->).
    rewrite (sorted_unique _ _ le_antisym s s' S S') in A, B by (rewrite <- P; exact P').
    rewrite A in A'. rewrite B in B'. injection A' as ->. injection B' as ->. reflexivity.
  Qed.

  Lemma medians_exist : left <> [] -> exists M, Medians M.
  Proof.
    intros N.
    assert (L : (0 < length left)%nat) by (destruct left; [contradiction | simpl; lia]).
    assert (W : without left left = []).
    { destruct (without left left) as [ | i l] eqn:E; [reflexivity | exfalso].
      assert (I : In i (without left left)) by (rewrite E; left; reflexivity). apply in_without in I. tauto. }
    assert (E : forall k, (k < d)%nat -> exists c, TwiceMedian (map (fun i => x i k) left) c).
    { intros k K. apply (median_exists (fun i => x i k) (fun i => v i k) left left).
      - exact left_distinct.
      - exact left_distinct.
      - intros i I. exact I.
      - intros i I. apply left_finite; assumption.
      - exact N.
      - rewrite W. simpl. lia.
      - apply Nat.div_lt; lia. }
    exact (pick_each _ d E).
  Qed.

  Theorem brsgd_chosen : left <> [] -> exists! C, IsBrsgd C.
  Proof.
    intros N. destruct (medians_exist N) as (M & MM).
    destruct (first_exists _ _ more_decided more_total more_trans marks quota left) as (C2 & H).
    exists (filter (near M) C2). split; [exists M, C2; auto | ]. intros C (M' & C2' & MM' & H' & ->).
    rewrite (first_unique _ _ marks _ _ _ _ H' H). apply filter_ext. intros i.
    assert (E : distance M i = distance M' i).
    { unfold distance. f_equal. apply map_ext_in. intros k K. apply in_seq in K.
      rewrite (median_unique _ _ _ (MM k ltac:(lia)) (MM' k ltac:(lia))). reflexivity. }
    unfold near. rewrite E. reflexivity.
  Qed.
End Brsgd.
