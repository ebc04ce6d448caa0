(* Lists of integers: sums, counts, sorted lists, and how the ranks of a list and those of a part of it interlace.

   Let s be the sorted list of all values and a the sorted list of some of them, f being left out. Then a_(j-f) <= s_(j) <= a_(j)
   (interlace_low, interlace_high): at least j+1 values of the part are at most a_(j), hence as many of all. It is the pigeonhole
   behind every bound of Resilience.v, and behind proofs/lemmas/containment.c. *)

Require Import ZArith List Permutation Sorted Lia.
Import ListNotations.
Open Scope Z_scope.

Fixpoint zsum (l : list Z) : Z := match l with [] => 0 | a :: t => a + zsum t end.

Lemma zsum_app : forall a b, zsum (a ++ b) = zsum a + zsum b.
Proof. induction a; intros; simpl; [ | rewrite IHa]; lia. Qed.

Lemma zsum_perm : forall a b, Permutation a b -> zsum a = zsum b.
Proof. induction 1; simpl; lia. Qed.

Lemma zsum_bounds : forall l lo hi, (forall v, In v l -> lo <= v <= hi) ->
  Z.of_nat (length l) * lo <= zsum l <= Z.of_nat (length l) * hi.
Proof.
  induction l as [ | a l IH]; intros lo hi H; simpl zsum; simpl length; [lia | ].
  assert (lo <= a <= hi) by (apply H; left; reflexivity).
  assert (Z.of_nat (length l) * lo <= zsum l <= Z.of_nat (length l) * hi) by (apply IH; intros; apply H; right; assumption).
  lia.
Qed.

(* ---- counts ---- *)

Lemma filter_perm : forall (A : Type) (p : A -> bool) (a b : list A), Permutation a b -> length (filter p a) = length (filter p b).
Proof.
  induction 1; simpl; auto.
  - destruct (p x); simpl; auto.
  - destruct (p x), (p y); reflexivity.
  - congruence.
Qed.

Definition count (p : Z -> bool) (l : list Z) : nat := length (filter p l).

Lemma count_app : forall p a b, count p (a ++ b) = (count p a + count p b)%nat.
Proof. intros. unfold count. rewrite filter_app, app_length. reflexivity. Qed.

Lemma count_perm : forall p a b, Permutation a b -> count p a = count p b.
Proof. intros. apply filter_perm. assumption. Qed.

Lemma count_at_most : forall p l, (count p l <= length l)%nat.
Proof. unfold count. induction l; simpl; [lia | ]. destruct (p a); simpl; lia. Qed.

Lemma count_none : forall p l, (forall v, In v l -> p v = false) -> count p l = 0%nat.
Proof.
  unfold count. induction l; simpl; intros; auto.
  rewrite H by auto. apply IHl. auto.
Qed.

Lemma count_all : forall p l, (forall v, In v l -> p v = true) -> count p l = length l.
Proof.
  unfold count. induction l; simpl; intros; auto.
  rewrite H by auto. simpl. f_equal. apply IHl. auto.
Qed.

Lemma in_firstn_nth : forall k l v, In v (firstn k l) -> exists i, (i < k)%nat /\ (i < length l)%nat /\ nth i l 0 = v.
Proof.
  induction k; intros l v H; [destruct H | ].
  destruct l as [ | a l]; [destruct H | ]. simpl in H. destruct H as [H | H].
  - exists 0%nat. simpl. repeat split; auto; lia.
  - destruct (IHk _ _ H) as (i & ? & ? & ?). exists (S i). simpl. repeat split; auto; lia.
Qed.

Lemma in_skipn_nth : forall k l v, In v (skipn k l) -> exists i, (k <= i)%nat /\ (i < length l)%nat /\ nth i l 0 = v.
Proof.
  induction k; intros l v H.
  - simpl in H. destruct (In_nth _ _ 0 H) as (i & ? & ?). exists i. repeat split; auto; lia.
  - destruct l as [ | a l]; [destruct H | ]. simpl in H.
    destruct (IHk _ _ H) as (i & ? & ? & ?). exists (S i). simpl. repeat split; auto; lia.
Qed.

(* the first k have the property *)
Lemma count_first : forall p l k, (k <= length l)%nat -> (forall i, (i < k)%nat -> p (nth i l 0) = true) -> (k <= count p l)%nat.
Proof.
  intros p l k K H. rewrite <- (firstn_skipn k l), count_app, (count_all p (firstn k l)).
  - rewrite firstn_length. lia.
  - intros v V. destruct (in_firstn_nth _ _ _ V) as (i & ? & ? & <-). auto.
Qed.

(* those from k on have it *)
Lemma count_last : forall p l k, (forall i, (k <= i)%nat -> (i < length l)%nat -> p (nth i l 0) = true) ->
  (length l - k <= count p l)%nat.
Proof.
  intros p l k H. rewrite <- (firstn_skipn k l) at 2. rewrite count_app, (count_all p (skipn k l)).
  - rewrite skipn_length. lia.
  - intros v V. destruct (in_skipn_nth _ _ _ V) as (i & ? & ? & <-). auto.
Qed.

(* the first k lack it *)
Lemma count_not_first : forall p l k, (forall i, (i < k)%nat -> p (nth i l 0) = false) -> (count p l <= length l - k)%nat.
Proof.
  intros p l k H. rewrite <- (firstn_skipn k l) at 1. rewrite count_app, (count_none p (firstn k l)).
  - rewrite <- skipn_length. apply count_at_most.
  - intros v V. destruct (in_firstn_nth _ _ _ V) as (i & ? & ? & <-). auto.
Qed.

(* those from k on lack it *)
Lemma count_not_last : forall p l k, (forall i, (k <= i)%nat -> (i < length l)%nat -> p (nth i l 0) = false) -> (count p l <= k)%nat.
Proof.
  intros p l k H. rewrite <- (firstn_skipn k l), count_app, (count_none p (skipn k l)).
  - pose proof (count_at_most p (firstn k l)) as M. rewrite firstn_length in M. lia.
  - intros v V. destruct (in_skipn_nth _ _ _ V) as (i & ? & ? & <-). auto.
Qed.

(* ---- sorted lists ---- *)

Lemma sorted_nth : forall s, StronglySorted Z.le s -> forall i j, (i <= j)%nat -> (j < length s)%nat -> nth i s 0 <= nth j s 0.
Proof.
  induction 1 as [ | a s H IH F]; intros i j I J; simpl in J; [lia | ].
  destruct i, j; simpl; try lia.
  - rewrite Forall_forall in F. apply F. apply nth_In. lia.
  - apply IH; lia.
Qed.

Lemma nth_perm_in : forall (a l : list Z) j, Permutation l a -> (j < length a)%nat -> In (nth j a 0) l.
Proof. intros. apply Permutation_in with a; [apply Permutation_sym; assumption | apply nth_In; assumption]. Qed.

(* s: all values, sorted. a: the values l, sorted. r: the others *)
Section Interlace.
  Variables s a l r : list Z.
  Hypothesis all : Permutation (l ++ r) s.
  Hypothesis part : Permutation l a.
  Hypothesis sorted : StronglySorted Z.le s.
  Hypothesis sorted_part : StronglySorted Z.le a.

  Lemma interlace_length : length s = (length a + length r)%nat.
  Proof. rewrite <- (Permutation_length all), <- (Permutation_length part), app_length. reflexivity. Qed.

  Lemma interlace_high : forall j, (j < length a)%nat -> nth j s 0 <= nth j a 0.
  Proof.
    intros j J. pose proof interlace_length as N. set (t := nth j a 0).
    destruct (Z_le_gt_dec (nth j s 0) t) as [G | G]; [exact G | exfalso].
    set (p := fun v => v <=? t).
    assert (A : (S j <= count p a)%nat).
    { apply count_first; [lia | ]. intros i I. apply Z.leb_le. apply sorted_nth; auto; lia. }
    assert (B : (count p s <= j)%nat).
    { apply count_not_last. intros i I K. apply Z.leb_gt. pose proof (sorted_nth s sorted j i I K). lia. }
    rewrite <- (count_perm p _ _ all), count_app, (count_perm p _ _ part) in B. lia.
  Qed.

  Lemma interlace_low : forall j, (j < length a)%nat -> nth j a 0 <= nth (j + length r) s 0.
  Proof.
    intros j J. pose proof interlace_length as N. set (t := nth j a 0).
    destruct (Z_le_gt_dec t (nth (j + length r) s 0)) as [G | G]; [exact G | exfalso].
    set (p := fun v => t <=? v).
    assert (A : (length a - j <= count p a)%nat).
    { apply count_last. intros i I K. apply Z.leb_le. apply sorted_nth; auto. }
    assert (B : (count p s <= length s - S (j + length r))%nat).
    { apply count_not_first. intros i I. apply Z.leb_gt.
      assert (nth i s 0 <= nth (j + length r) s 0) by (apply sorted_nth; auto; lia). lia. }
    rewrite <- (count_perm p _ _ all), count_app, (count_perm p _ _ part) in B. lia.
  Qed.

  (* the ranks that the others cannot reach *)
  Lemma middle : forall lo hi j, (forall v, In v l -> lo <= v <= hi) -> (length r <= j)%nat -> (j < length a)%nat ->
    lo <= nth j s 0 <= hi.
  Proof.
    intros lo hi j B R J.
    pose proof (interlace_high j J).
    assert (I : (j - length r < length a)%nat) by lia.
    pose proof (interlace_low (j - length r) I) as L. replace (j - length r + length r)%nat with j in L by lia.
    pose proof (B _ (nth_perm_in _ _ _ part J)). pose proof (B _ (nth_perm_in _ _ _ part I)). lia.
  Qed.
End Interlace.

(* ---- sums of consecutive ranks ---- *)

Definition rsum (s : list Z) (lo k : nat) : Z := zsum (map (fun j => nth j s 0) (seq lo k)).      (* s_(lo) + ... + s_(lo+k-1) *)

Lemma rsum_split : forall s lo k m, rsum s lo (k + m) = rsum s lo k + rsum s (lo + k) m.
Proof. intros. unfold rsum. rewrite seq_app, map_app, zsum_app. reflexivity. Qed.

Lemma map_nth_all : forall (A : Type) (d : A) s, map (fun j => nth j s d) (seq 0 (length s)) = s.
Proof.
  induction s as [ | a s IH]; [reflexivity | ]. simpl. f_equal.
  rewrite <- seq_shift, map_map. exact IH.
Qed.

Lemma rsum_all : forall s, rsum s 0 (length s) = zsum s.
Proof. intros. unfold rsum. rewrite map_nth_all. reflexivity. Qed.

Lemma rsum_le : forall s a d k lo, (forall j, (lo <= j < lo + k)%nat -> nth j s 0 <= nth (j + d) a 0) -> rsum s lo k <= rsum a (lo + d) k.
Proof.
  unfold rsum. induction k; intros lo H; simpl; [lia | ].
  assert (nth lo s 0 <= nth (lo + d) a 0) by (apply H; lia).
  assert (rsum s (S lo) k <= rsum a (S lo + d) k) by (apply IHk; intros; apply H; lia).
  unfold rsum in *. simpl in *. lia.
Qed.

Lemma rsum_bounds : forall s u v k lo, (forall j, (lo <= j < lo + k)%nat -> u <= nth j s 0 <= v) ->
  Z.of_nat k * u <= rsum s lo k <= Z.of_nat k * v.
Proof.
  intros s u v k lo H. unfold rsum. pose proof (zsum_bounds (map (fun j => nth j s 0) (seq lo k)) u v) as B.
  rewrite map_length, seq_length in B. apply B. intros w W. apply in_map_iff in W. destruct W as (j & <- & J).
  apply in_seq in J. apply H. lia.
Qed.

(* ---- sorting: every list has a sorted permutation ---- *)

Section Sort.
  Variables (A : Type) (le : A -> A -> Prop).
  Hypothesis total : forall a b, {le a b} + {le b a}.
  Hypothesis trans : forall a b c, le a b -> le b c -> le a c.

  Lemma insert_sorted : forall a s, StronglySorted le s -> exists s', StronglySorted le s' /\ Permutation (a :: s) s'.
  Proof.
    induction 1 as [ | b s H IH F].
    - exists [a]. split; [repeat constructor | reflexivity].
    - destruct (total a b) as [L | L].
      + exists (a :: b :: s). split; [ | reflexivity]. constructor; [constructor; assumption | ].
        constructor; [exact L | ]. rewrite Forall_forall in *. intros c C. apply trans with b; auto.
      + destruct IH as (s' & S' & P). exists (b :: s'). split.
        * constructor; [exact S' | ]. rewrite Forall_forall in *. intros c C.
          apply (Permutation_in _ (Permutation_sym P)) in C. destruct C as [<- | C]; auto.
        * rewrite perm_swap. apply perm_skip. exact P.
  Qed.

  Lemma sort_exists : forall l, exists s, StronglySorted le s /\ Permutation l s.
  Proof.
    induction l as [ | a l IH].
    - exists []. split; constructor.
    - destruct IH as (s & H & P). destruct (insert_sorted a s H) as (s' & H' & P').
      exists s'. split; [exact H' | ]. rewrite P. exact P'.
  Qed.
End Sort.

Lemma sort_Z : forall l, exists s, StronglySorted Z.le s /\ Permutation l s.
Proof.
  apply sort_exists.
  - intros a b. destruct (Z_le_gt_dec a b); [left | right]; lia.
  - intros; lia.
Qed.

(* ---- a list has one order ---- *)

Lemma sorted_unique : forall (A : Type) (le : A -> A -> Prop), (forall a b, le a b -> le b a -> a = b) ->
  forall a b, StronglySorted le a -> StronglySorted le b -> Permutation a b -> a = b.
Proof.
  intros A le antisymmetric. induction a as [ | x a IH]; intros b SA SB P.
  - symmetry. apply Permutation_nil. exact P.
  - destruct b as [ | y b]; [apply Permutation_sym, Permutation_nil in P; discriminate | ].
    inversion SA as [ | ? ? TA FA]. inversion SB as [ | ? ? TB FB]. subst. rewrite Forall_forall in FA, FB.
    assert (E : x = y).
    { pose proof (Permutation_in x P (or_introl eq_refl)) as X. pose proof (Permutation_in y (Permutation_sym P) (or_introl eq_refl)) as Y.
      destruct X as [X | X], Y as [Y | Y]; auto. }
    subst y. f_equal. apply IH; auto. apply Permutation_cons_inv with x. exact P.
Qed.
