(* The first k of some rows by a number that each has: "least k of (z)" and "greatest k of (z)" of spec/rules.md, section 5.

   The rows are put in order by their numbers, of equal ones the smaller row first, and the first k are kept. The numbers are of any kind, with any
   total order of which le is "comes no later": at_most for the least k, at least for the greatest.

   What Xie, Koyejo, Gupta 2019 (Zeno) use is no more than that: of two lists in order, one a part of the other, the i-th of the whole comes no later
   than the i-th of the part. For at least i+1 numbers of the part come no later than its i-th, counted from 0, and of the whole at most i come before
   the i-th of the whole. It is the pigeonhole of Lists.v once more, for any order. *)

Require Import List Permutation Sorted Lia Arith.
From Certigar Require Import Lists Bounds Rules Columns.
Import ListNotations.

Lemma distinct_left : forall (a b : list nat), NoDup (a ++ b) -> NoDup a.
Proof.
  induction a as [ | i a IH]; intros b N; [constructor | ]. inversion N as [ | ? ? I M]. subst. constructor; [ | exact (IH b M)].
  intros H. apply I. apply in_or_app. left. exact H.
Qed.

Lemma sorted_left : forall (A : Type) (le : A -> A -> Prop) (a b : list A), StronglySorted le (a ++ b) -> StronglySorted le a.
Proof.
  induction a as [ | c a IH]; intros b S; [constructor | ]. inversion S as [ | ? ? T F]. subst. constructor; [exact (IH b T) | ].
  rewrite Forall_forall in *. intros d D. apply F. apply in_or_app. left. exact D.
Qed.

(* as many good rows as are kept, or more: if one kept is not good, a good one is left out *)
Lemma good_left_out : forall (C G : list nat) i, NoDup G -> (length C <= length G)%nat -> In i C -> ~ In i G -> exists j, In j G /\ ~ In j C.
Proof.
  intros C G i N L I NI. destruct (without G C) as [ | j l] eqn:E.
  - exfalso. assert (Q : (length (i :: G) <= length C)%nat).
    { apply NoDup_incl_length; [constructor; assumption | ]. intros j [<- | J]; [exact I | ].
      destruct (in_dec Nat.eq_dec j C) as [ | NJ]; [assumption | exfalso].
      assert (W : In j (without G C)) by (apply in_without; auto). rewrite E in W. destruct W. }
    simpl in Q. lia.
  - exists j. apply in_without. rewrite E. left. reflexivity.
Qed.

Section Ranking.
  Variables (A : Type) (le : A -> A -> Prop).
  Hypothesis decided : forall a b, {le a b} + {~ le a b}.
  Hypothesis total : forall a b, le a b \/ le b a.
  Hypothesis transitive : forall a b c, le a b -> le b c -> le a c.

  (* row i comes no later than row j *)
  Definition Precedes (z : nat -> A) (i j : nat) : Prop := le (z i) (z j) /\ (le (z j) (z i) -> (i <= j)%nat).

  (* C: the first k of the rows T, in their order *)
  Definition IsFirst (z : nat -> A) (k : nat) (T C : list nat) : Prop :=
    exists o, Permutation T o /\ StronglySorted (Precedes z) o /\ C = firstn k o.

  Definition InOrder (l s : list A) : Prop := Permutation l s /\ StronglySorted le s.        (* s is l, in order *)

  (* ---- the order of rows ---- *)

  Lemma precedes_total : forall z i j, {Precedes z i j} + {Precedes z j i}.
  Proof.
    intros z i j. destruct (decided (z i) (z j)) as [L | L].
    - destruct (decided (z j) (z i)) as [M | M].
      + destruct (le_ge_dec i j); [left | right]; split; auto.
      + left. split; [exact L | contradiction].
    - right. destruct (total (z i) (z j)); [contradiction | ]. split; [assumption | contradiction].
  Qed.

  Lemma precedes_trans : forall z i j l, Precedes z i j -> Precedes z j l -> Precedes z i l.
  Proof.
    intros z i j l (L & I) (M & J). split; [exact (transitive _ _ _ L M) | ]. intros B.
    pose proof (I (transitive _ _ _ M B)). pose proof (J (transitive _ _ _ B L)). lia.
  Qed.

  Lemma precedes_antisym : forall z i j, Precedes z i j -> Precedes z j i -> i = j.
  Proof. intros z i j (L & I) (M & J). specialize (I M). specialize (J L). lia. Qed.

  (* ---- what is kept ---- *)

  Theorem first_exists : forall z k T, exists C, IsFirst z k T C.
  Proof.
    intros z k T. destruct (sort_exists nat (Precedes z) (precedes_total z) (precedes_trans z) T) as (o & S & P). exists (firstn k o), o. auto.
  Qed.

  Theorem first_unique : forall z k T C C', IsFirst z k T C -> IsFirst z k T C' -> C = C'.
  Proof.
    intros z k T C C' (o & P & S & ->) (o' & P' & S' & ->). rewrite (sorted_unique _ _ (precedes_antisym z) o o'); auto. rewrite <- P. exact P'.
  Qed.

  (* k different rows of T *)
  Theorem first_rows : forall z k T C, NoDup T -> (k <= length T)%nat -> IsFirst z k T C -> NoDup C /\ length C = k /\ incl C T.
  Proof.
    intros z k T C N K (o & P & _ & ->). pose proof (Permutation_NoDup P N) as D. rewrite <- (firstn_skipn k o) in D.
    split; [exact (distinct_left _ _ D) | ]. split; [rewrite firstn_length_le; rewrite <- ?(Permutation_length P); auto | ].
    intros i I. apply (Permutation_in i (Permutation_sym P)). rewrite <- (firstn_skipn k o). apply in_or_app. left. exact I.
  Qed.

  (* no row left out comes before one kept, and of equal ones the smaller row is kept *)
  Theorem first_left_out : forall z k T C i j, IsFirst z k T C -> In i C -> In j T -> ~ In j C ->
    le (z i) (z j) /\ (le (z j) (z i) -> (i < j)%nat).
  Proof.
    intros z k T C i j (o & P & S & ->) I J N. pose proof (Permutation_in j P J) as JO. rewrite <- (firstn_skipn k o) in S, JO.
    apply in_app_or in JO. destruct JO as [JO | JO]; [contradiction | ].
    destruct (sorted_first nat (Precedes z) _ _ S i j I JO) as (L & M). split; [exact L | ]. intros B. specialize (M B).
    assert (i <> j) by (intros ->; contradiction). lia.
  Qed.

  (* ---- the i-th of a part and of the whole ---- *)

  Definition no_later (b a : A) : bool := if decided a b then true else false.

  Lemma many_no_later : forall o i b d, StronglySorted le o -> (i < length o)%nat -> le (nth i o d) b -> (S i <= length (filter (no_later b) o))%nat.
  Proof.
    induction o as [ | a o IH]; intros i b d S L B; simpl in L; [lia | ]. inversion S as [ | ? ? SO F]. subst. rewrite Forall_forall in F.
    assert (AB : le a b).
    { destruct i as [ | i]; [exact B | ]. simpl in B. apply transitive with (nth i o d); [ | exact B]. apply F, nth_In. lia. }
    simpl. unfold no_later at 1. destruct (decided a b) as [ | AN]; [ | contradiction]. destruct i as [ | i]; simpl; [lia | ].
    specialize (IH i b d SO ltac:(lia) B). lia.
  Qed.

  Lemma few_no_later : forall s i b d, StronglySorted le s -> ~ le (nth i s d) b -> (length (filter (no_later b) s) <= i)%nat.
  Proof.
    induction s as [ | a s IH]; intros i b d S N; simpl; [lia | ]. inversion S as [ | ? ? SS F]. subst. rewrite Forall_forall in F.
    destruct i as [ | i].
    - assert (E : filter (no_later b) (a :: s) = []).
      { destruct (filter (no_later b) (a :: s)) as [ | c l] eqn:E; [reflexivity | exfalso].
        assert (C : In c (filter (no_later b) (a :: s))) by (rewrite E; left; reflexivity). apply filter_In in C. destruct C as (C & Q).
        unfold no_later in Q. destruct (decided c b) as [CB | ]; [ | discriminate]. destruct C as [<- | C]; [contradiction | ].
        apply N. simpl. exact (transitive _ _ _ (F c C) CB). }
      simpl in E. rewrite E. simpl. lia.
    - specialize (IH i b d SS N). destruct (no_later b a); simpl; lia.
  Qed.

  Lemma part_no_earlier : forall l r s o i d, InOrder (l ++ r) s -> InOrder l o -> (i < length l)%nat -> le (nth i s d) (nth i o d).
  Proof.
    intros l r s o i d (P & S) (Q & O) I. destruct (decided (nth i s d) (nth i o d)) as [ | N]; [assumption | exfalso].
    pose proof (few_no_later s i _ d S N) as F.
    assert (SELF : le (nth i o d) (nth i o d)) by (destruct (total (nth i o d) (nth i o d)); assumption).
    assert (L : (i < length o)%nat) by (rewrite <- (Permutation_length Q); exact I).
    pose proof (many_no_later o i _ d O L SELF) as M.
    rewrite <- (filter_perm _ _ _ _ P), filter_app, app_length, (filter_perm _ _ _ _ Q) in F. lia.
  Qed.

  Lemma order_scores : forall z o, StronglySorted (Precedes z) o -> StronglySorted le (map z o).
  Proof.
    intros z o S. induction S as [ | i o S IH F]; simpl; constructor; [exact IH | ].
    rewrite Forall_forall in *. intros a I. apply in_map_iff in I. destruct I as (j & <- & J). apply F. exact J.
  Qed.

  (* C: the first k of T; H: any of T. c and h: their numbers, in order *)
  Theorem first_ranks : forall z k T C H c h d, NoDup T -> NoDup H -> incl H T -> IsFirst z k T C -> InOrder (map z C) c -> InOrder (map z H) h ->
    forall i, (i < length C)%nat -> (i < length H)%nat -> le (nth i c d) (nth i h d).
  Proof.
    intros z k T C H c h d NT NH IN (o & P & S & ->) C0 H0 i IC IH. pose proof (order_scores z o S) as SO.
    apply transitive with (nth i (map z o) d).
    - (* c has the numbers of the first k of o *)
      assert (E : nth i (map z o) d = nth i (map z (firstn k o)) d).
      { rewrite <- (firstn_skipn k o) at 1. rewrite map_app. apply app_nth1. rewrite map_length. exact IC. }
      rewrite E. destruct C0 as (PC & SC). apply part_no_earlier with (l := map z (firstn k o)) (r := []).
      + rewrite app_nil_r. split; assumption.
      + split; [reflexivity | ]. rewrite <- (firstn_skipn k o), map_app in SO. exact (sorted_left _ _ _ _ SO).
      + rewrite map_length. exact IC.
    - apply part_no_earlier with (l := map z H) (r := map z (without T H)); [ | exact H0 | rewrite map_length; exact IH].
      split; [ | exact SO]. rewrite <- map_app, <- P. apply Permutation_map, Permutation_sym.
      apply split_rows; assumption.
  Qed.
End Ranking.

Arguments Precedes {A}.
Arguments IsFirst {A}.
Arguments InOrder {A}.
