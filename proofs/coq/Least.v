(* The sum of the k least of some integers by its dual, which is how ACSL defines it (spec/acsl/least.h, spec/acsl/krum.h): it exists, it is one
   number, and it is the sum of the k first of the sorted list.

   How this meets ACSL. below l v is DistanceBelow (and Below): l lists the distances from one candidate of the others. IsLeastSum is IsKrumScore
   (and IsLeastSum). So what choose_candidates promises for every number that is a Krum score, it promises for a number that there is. This
   paragraph is not a theorem: it is for the reader who compares the two texts. *)

Require Import ZArith List Permutation Sorted Lia.
From Certigar Require Import Lists.
Import ListNotations.
Open Scope Z_scope.

Fixpoint below (l : list Z) (v : Z) : Z := match l with [] => 0 | x :: t => below t v + Z.min (x - v) 0 end.

Definition IsLeastSum (S : Z) (l : list Z) (k : nat) : Prop :=
  (forall v, Z.of_nat k * v + below l v <= S) /\ (exists v, Z.of_nat k * v + below l v = S).

Lemma below_app : forall a b v, below (a ++ b) v = below a v + below b v.
Proof. induction a as [ | x a IH]; intros b v; simpl; [lia | rewrite IH; lia]. Qed.

Lemma below_perm : forall a b, Permutation a b -> forall v, below a v = below b v.
Proof. induction 1; intros v; simpl; try lia. - rewrite IHPermutation; lia. - rewrite IHPermutation1; apply IHPermutation2. Qed.

Lemma below_negative : forall l v, below l v <= 0.
Proof. induction l as [ | x l IH]; intros v; simpl; [lia | specialize (IH v); lia]. Qed.

Lemma below_least : forall l v, Z.of_nat (length l) * v + below l v <= zsum l.
Proof. induction l as [ | x l IH]; intros v; simpl length; simpl below; simpl zsum; [lia | specialize (IH v); lia]. Qed.

Lemma below_left : forall l v, (forall x, In x l -> x <= v) -> Z.of_nat (length l) * v + below l v = zsum l.
Proof.
  induction l as [ | x l IH]; intros v H; simpl length; simpl below; simpl zsum; [lia | ].
  assert (x <= v) by (apply H; left; reflexivity).
  assert (Z.of_nat (length l) * v + below l v = zsum l) by (apply IH; intros; apply H; right; assumption). lia.
Qed.

Lemma below_right : forall l v, (forall x, In x l -> v <= x) -> below l v = 0.
Proof.
  induction l as [ | x l IH]; intros v H; simpl; [reflexivity | ].
  assert (v <= x) by (apply H; left; reflexivity).
  rewrite IH by (intros; apply H; right; assumption). lia.
Qed.

Lemma bound_between : forall a b, (forall x y, In x a -> In y b -> x <= y) ->
  exists v, (forall x, In x a -> x <= v) /\ (forall y, In y b -> v <= y).
Proof.
  intros a b H. destruct a as [ | m a].
  - clear H. induction b as [ | y b IH]; [exists 0; split; intros ? [] | ].
    destruct IH as (v & _ & V). exists (Z.min v y). split; [intros ? [] | ].
    intros z [E | I]; [subst; lia | specialize (V z I); lia].
  - revert m H. induction a as [ | x a IH]; intros m H.
    + exists m. split; [intros x [E | []]; lia | intros y I; apply H; [left; reflexivity | assumption]].
    + destruct (IH (Z.max m x)) as (v & L & R).
      * intros z y [E | I] J; [subst z | apply H; [right; right; assumption | assumption]].
        pose proof (H m y (or_introl eq_refl) J). pose proof (H x y (or_intror (or_introl eq_refl)) J). lia.
      * exists v. split; [ | assumption]. intros z [E | [E | I]]; [subst z | subst z | apply L; right; assumption];
          pose proof (L (Z.max m x) (or_introl eq_refl)); lia.
Qed.

(* Numbers none of which is above one of the others: their sum it is. *)
Theorem least_sum_split : forall l a b, Permutation l (a ++ b) -> (forall x y, In x a -> In y b -> x <= y) -> IsLeastSum (zsum a) l (length a).
Proof.
  intros l a b P H. split.
  - intros v. rewrite (below_perm _ _ P), below_app. pose proof (below_least a v). pose proof (below_negative b v). lia.
  - destruct (bound_between a b H) as (v & L & R). exists v.
    rewrite (below_perm _ _ P), below_app, (below_right b v R). pose proof (below_left a v L). lia.
Qed.

Lemma sorted_app : forall a b, StronglySorted Z.le (a ++ b) -> forall x y, In x a -> In y b -> x <= y.
Proof.
  induction a as [ | z a IH]; intros b H x y I J; [destruct I | ].
  inversion H as [ | ? ? S F]. subst. destruct I as [E | I].
  - subst. rewrite Forall_forall in F. apply F. apply in_or_app. right. assumption.
  - apply (IH b); assumption.
Qed.

Theorem least_sum_sorted : forall l s k, Permutation l s -> StronglySorted Z.le s -> (k <= length l)%nat -> IsLeastSum (zsum (firstn k s)) l k.
Proof.
  intros l s k P H K. rewrite (Permutation_length P) in K.
  replace k with (length (firstn k s)) at 2 by (apply firstn_length_le; assumption).
  apply least_sum_split with (b := skipn k s).
  - rewrite firstn_skipn. assumption.
  - apply sorted_app. rewrite firstn_skipn. assumption.
Qed.

Theorem least_sum_exists : forall l k, (k <= length l)%nat -> exists S, IsLeastSum S l k.
Proof.
  intros l k K. destruct (sort_Z l) as (s & H & P). exists (zsum (firstn k s)). apply least_sum_sorted; assumption.
Qed.

Theorem least_sum_unique : forall l k S T, IsLeastSum S l k -> IsLeastSum T l k -> S = T.
Proof. intros l k S T (A & u & U) (B & v & V). specialize (A v). specialize (B u). lia. Qed.
