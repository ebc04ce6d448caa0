(* The resilience coefficients of one column: a rule F is (f, lambda)-resilient averaging if, for every set S of n-f rows,

     |F(x) - mean_S| <= lambda max_{i,j in S} |x_i - x_j|

   S. Farhadkhani, R. Guerraoui, N. Gupta, R. Pinot, J. Stephan: Byzantine Machine Learning Made Easy by Resilient Averaging of
   Momentums. ICML 2022, arXiv 2205.12173; B. Fabris: Investigating a Byzantine Resilient Framework for the Adam Optimizer.
   Thesis, 2023, Definition 1.2.1, eq. (1.5) and section 1.2.2.1. In one dimension they give as lambda

     trimmed-mean  f/(n-f)      median  n/(2(n-f))      meamed  2f/(n-f)

   All three are proved here, for every f >= 0 and n > 2f, whatever the f rows outside S hold, infinities and NaN included; and for
   the midpoint median, as for n odd, less: (n-2)/(2(n-f)) and (n-1)/(2(n-f)). Sharp.v shows that none can be lowered.

   Exact values: F(x) is the output before it is rounded (Rules.v says how it meets the C code). *)

Require Import ZArith QArith Qabs List Permutation Sorted Lia ZifyNat.
From Certigar Require Import Lists Bounds Rules Columns.
Import ListNotations.
Open Scope Z_scope.

Ltac Zify.zify_post_hook ::= Z.to_euclidean_division_equations.

(* c/e bounds the distance of the quotients T/k and U/m, in units of D *)
Lemma quotients : forall (k m e c : nat) (T U D : Z), (0 < k)%nat -> (0 < m)%nat -> (0 < e)%nat ->
  Z.of_nat e * Z.abs (Z.of_nat m * T - Z.of_nat k * U) <= Z.of_nat c * D * (Z.of_nat k * Z.of_nat m) ->
  (Qabs (inject_Z T / inject_Z (Z.of_nat k) - inject_Z U / inject_Z (Z.of_nat m)) <= ratio c e * inject_Z D)%Q.
Proof.
  intros k m e c T U D K M E H. unfold ratio.
  destruct (Z.of_nat k) as [ | p | ] eqn:EK; try lia. destruct (Z.of_nat m) as [ | q | ] eqn:EM; try lia.
  destruct (Z.of_nat e) as [ | u | ] eqn:EE; try lia.
  unfold Qle, Qabs, Qdiv, Qmult, Qminus, Qplus, Qopp, Qinv, inject_Z; simpl.
  rewrite ?Pos.mul_1_r, ?Z.mul_1_r. replace (T * Z.pos q + - U * Z.pos p) with (Z.pos q * T - Z.pos p * U) by ring.
  rewrite Pos2Z.inj_mul. lia.
Qed.

Lemma even_half : forall n, Nat.odd n = false -> exists h, n = (2 * h)%nat.
Proof. intros n O. rewrite <- Nat.negb_even in O. apply Bool.negb_false_iff in O. apply Nat.even_spec in O. exact O. Qed.

Section Set_of_rows.
  Variables (n f : nat) (x : nat -> value) (v : nat -> Z) (S : list nat).
  Hypothesis few : (2 * f < n)%nat.
  Hypothesis rows : Rows n (n - f) S.
  Hypothesis finite : Holds x v S.

  Local Notation lo := (least (map v S)).
  Local Notation hi := (greatest (map v S)).

  Lemma row_facts : NoDup (seq 0 n) /\ NoDup S /\ incl S (seq 0 n) /\ S <> [] /\ length S = (n - f)%nat /\ length (without (seq 0 n) S) = f.
  Proof.
    destruct rows as (D & L & I). assert (IS : incl S (seq 0 n)) by (intros i H; apply in_seq; specialize (I i H); lia).
    pose proof (seq_NoDup n 0) as N. repeat split; auto.
    - intros ->. simpl in L. lia.
    - pose proof (others (seq 0 n) S N D IS) as O. rewrite seq_length in O. lia.
  Qed.

  Lemma values_between : forall w, In w (map v S) -> lo <= w <= hi.
  Proof. apply least_greatest. destruct row_facts as (_ & _ & _ & N & _). destruct S; [contradiction | discriminate]. Qed.

  Lemma spread_positive : 0 <= hi - lo.
  Proof.
    destruct row_facts as (_ & _ & _ & N & _).
    assert (H : exists i, In i S) by (destruct S as [ | i t]; [contradiction | exists i; left; reflexivity]).
    destruct H as (i & H). pose proof (values_between (v i) (in_map v S i H)). lia.
  Qed.

  Lemma sorted_integers : forall s, Ranks (column n x) s -> exists t r,
    length r = f /\ Permutation (map v S ++ r) t /\ StronglySorted Z.le t /\
    forall j, (f <= j)%nat -> (j < n - f)%nat -> rank s j = Fin (nth j t 0).
  Proof.
    intros s R. destruct row_facts as (N & D & I & E & L & F).
    destruct (middle_ranks x v (seq 0 n) S s N D I finite R) as (t & r & H). rewrite L, F in H. exists t, r. exact H.
  Qed.

  Lemma set_mean : forall k T lambda_num lambda_den, (0 < k)%nat -> (0 < lambda_den)%nat ->
    Z.of_nat lambda_den * Z.abs (Z.of_nat (n - f) * T - Z.of_nat k * zsum (map v S))
      <= Z.of_nat lambda_num * (hi - lo) * (Z.of_nat k * Z.of_nat (n - f)) ->
    forall q, (q == inject_Z T / inject_Z (Z.of_nat k))%Q -> Within q v S (ratio lambda_num lambda_den).
  Proof.
    intros k T c e K E H q Q. unfold Within, spread, mean. rewrite Q. destruct row_facts as (_ & _ & _ & _ & L & _).
    rewrite map_length, L. apply quotients; auto. lia.
  Qed.

  (* ---- trimmed-mean ---- *)

  Lemma trimmed_mean_within : forall q, IsTrimmedMean n f x q -> Within q v S (ratio f (n - f)).
  Proof.
    intros q (s & R & M). destruct (sorted_integers s R) as (t & r & LR & P & ST & E).
    set (k := (n - 2 * f)%nat) in *. destruct row_facts as (_ & _ & _ & _ & L & _).
    assert (RK : map (rank s) (seq f k) = map Fin (map (fun j => nth j t 0) (seq f k))).
    { rewrite map_map. apply map_ext_in. intros j J. apply in_seq in J. apply E; lia. }
    rewrite RK in M. apply mean_of_finite in M. unfold mean in M. rewrite map_length, seq_length in M.
    apply (set_mean k (rsum t f k) f (n - f)); [lia | lia | | exact M].
    pose proof (trimmed_bound t (map v S) r lo hi P ST values_between k) as B. rewrite map_length, L, LR in B.
    assert (n - f = f + k)%nat as NF by lia. specialize (B NF).
    transitivity (Z.of_nat (n - f) * (Z.of_nat f * Z.of_nat k * (hi - lo))); [apply Z.mul_le_mono_nonneg_l; lia | ].
    apply Z.eq_le_incl. ring.
  Qed.

  Lemma trimmed_mean_some : exists q, IsTrimmedMean n f x q.
  Proof.
    destruct (ranks_exist (column n x)) as (s & R). destruct (sorted_integers s R) as (t & r & _ & _ & _ & E).
    assert (RK : map (rank s) (seq f (n - 2 * f)) = map Fin (map (fun j => nth j t 0) (seq f (n - 2 * f)))).
    { rewrite map_map. apply map_ext_in. intros j J. apply in_seq in J. apply E; lia. }
    eexists. exists s. split; [exact R | ]. rewrite RK. apply finite_mean.
    intros N. apply (f_equal (@length Z)) in N. rewrite map_length, seq_length in N. simpl in N. lia.
  Qed.

  (* ---- median ---- *)

  Lemma one_rank : forall s j q c e, Ranks (column n x) s -> IsMean [rank s j] q -> (f <= j)%nat -> (j < n - f)%nat ->
    (0 < e)%nat -> (e * j <= c * (n - f))%nat -> (e * (n - 1 - j) <= c * (n - f))%nat -> Within q v S (ratio c e).
  Proof.
    intros s j q c e R M J K PE U V. destruct (sorted_integers s R) as (t & r & LR & P & ST & E). rewrite (E j J K) in M.
    apply (mean_of_finite [nth j t 0]) in M. unfold mean in M. cbn [zsum length] in M. rewrite Z.add_0_r in M.
    apply (set_mean 1 (nth j t 0) c e); [lia | lia | | exact M].
    destruct row_facts as (_ & _ & _ & _ & L & _).
    pose proof (rank_high t (map v S) r lo hi P ST values_between j) as H.
    pose proof (rank_low t (map v S) r lo hi P ST values_between j) as H'.
    rewrite map_length, L in H, H'. rewrite LR in H'. specialize (H K). specialize (H' J).
    replace (n - f + f - 1 - j)%nat with (n - 1 - j)%nat in H' by lia.
    specialize (H' ltac:(lia)). pose proof spread_positive as D. revert H H' D. generalize (hi - lo), (nth j t 0), (zsum (map v S)).
    intros D y Y H H' PD.
    apply Nat2Z.inj_le in U, V. rewrite !Nat2Z.inj_mul in U, V.
    assert (A : Z.abs (Z.of_nat (n - f) * y - Z.of_nat 1 * Y) <= Z.max (Z.of_nat j) (Z.of_nat (n - 1 - j)) * D).
    { destruct (Z.max_spec (Z.of_nat j) (Z.of_nat (n - 1 - j))) as [[? ->] | [? ->]]; apply Z.abs_le; nia. }
    transitivity (Z.of_nat e * (Z.max (Z.of_nat j) (Z.of_nat (n - 1 - j)) * D)); [apply Z.mul_le_mono_nonneg_l; lia | ].
    destruct (Z.max_spec (Z.of_nat j) (Z.of_nat (n - 1 - j))) as [[? ->] | [? ->]]; nia.
  Qed.

  (* two ranks in the middle, n even *)
  Lemma two_ranks : forall s q, Ranks (column n x) s -> IsMean [rank s (n / 2 - 1); rank s (n / 2)] q -> Nat.odd n = false ->
    Within q v S (ratio (n - 2) (2 * (n - f))).
  Proof.
    intros s q R M O. destruct (sorted_integers s R) as (t & r & LR & P & ST & E).
    destruct (even_half n O) as (h & EV). assert (HH : (n / 2 = h)%nat) by lia. rewrite HH in M.
    rewrite (E (h - 1)%nat), (E h) in M by lia.
    apply (mean_of_finite [nth (h - 1) t 0; nth h t 0]) in M. unfold mean in M. cbn [zsum length] in M. rewrite Z.add_0_r in M.
    apply (set_mean 2 (nth (h - 1) t 0 + nth h t 0) (n - 2) (2 * (n - f))); [lia | lia | | exact M].
    destruct row_facts as (_ & _ & _ & _ & L & _).
    pose proof (pair_high t (map v S) r lo hi P ST values_between (h - 1)) as H.
    pose proof (pair_low t (map v S) r lo hi P ST values_between (h - 1)) as H'.
    rewrite map_length, L in H, H'. rewrite LR in H'. replace (Datatypes.S (h - 1)) with h in * by lia.
    specialize (H ltac:(lia)). specialize (H' ltac:(lia) ltac:(lia) ltac:(lia)).
    replace (n - f + f - 2 - (h - 1))%nat with (h - 1)%nat in H' by lia.
    rewrite Nat2Z.inj_mul. replace (Z.of_nat (n - 2)) with (2 * Z.of_nat (h - 1)) by lia.
    revert H H'. generalize (hi - lo), (nth (h - 1) t 0 + nth h t 0), (zsum (map v S)). intros D y Y H H'.
    assert (A : Z.abs (Z.of_nat (n - f) * y - Z.of_nat 2 * Y) <= 2 * (Z.of_nat (h - 1) * D)) by (apply Z.abs_le; lia).
    transitivity (Z.of_nat 2 * Z.of_nat (n - f) * (2 * (Z.of_nat (h - 1) * D))); [apply Z.mul_le_mono_nonneg_l; lia | ].
    apply Z.eq_le_incl. ring.
  Qed.

  Lemma wider : forall q c d e, (c <= d)%nat -> (0 < e)%nat -> Within q v S (ratio c e) -> Within q v S (ratio d e).
  Proof.
    intros q c d e C E W. unfold Within in *. apply Qle_trans with (1 := W). apply Qmult_le_compat_r.
    - unfold ratio, Qdiv. apply Qmult_le_compat_r; [rewrite <- Zle_Qle; lia | ]. apply Qinv_le_0_compat. change 0%Q with (inject_Z 0).
      rewrite <- Zle_Qle. lia.
    - unfold spread. change 0%Q with (inject_Z 0). rewrite <- Zle_Qle. exact spread_positive.
  Qed.

  (* n odd, every kind: the rank (n-1)/2 *)
  Lemma median_odd_within : forall k q, Nat.odd n = true -> IsMedian k n x q -> Within q v S (ratio (n - 1) (2 * (n - f))).
  Proof.
    intros k q O (s & R & M). rewrite O in M. apply Nat.odd_spec in O. destruct O as (h & O).
    assert (HH : ((n - 1) / 2 = h)%nat) by lia.
    rewrite HH in M. apply (one_rank s h q _ _ R M); clear - O few; nia.
  Qed.

  (* n even, midpoint *)
  Lemma median_midpoint_even_within : forall q, Nat.odd n = false -> IsMedian Midpoint n x q ->
    Within q v S (ratio (n - 2) (2 * (n - f))).
  Proof. intros q O (s & R & M). rewrite O in M. apply (two_ranks s q R M O). Qed.

  (* every kind *)
  Lemma median_within : forall k q, IsMedian k n x q -> Within q v S (ratio n (2 * (n - f))).
  Proof.
    intros k q M. destruct (Nat.odd n) eqn:O.
    - apply wider with (n - 1)%nat; [lia | lia | ]. apply median_odd_within with k; assumption.
    - destruct M as (s & R & M). rewrite O in M.
      destruct (even_half n O) as (h & EV). assert (HH : (n / 2 = h)%nat) by lia.
      destruct k.
      + apply wider with (n - 2)%nat; [lia | lia | ]. apply (two_ranks s q R M O).
      + rewrite HH in M. apply (one_rank s (h - 1) q _ _ R M); clear - EV few; nia.
      + rewrite HH in M. apply (one_rank s h q _ _ R M); clear - EV few; nia.
  Qed.

  Lemma median_some : forall k, exists q, IsMedian k n x q.
  Proof.
    intros k. destruct (ranks_exist (column n x)) as (s & R). destruct (sorted_integers s R) as (t & r & _ & _ & _ & E).
    assert (A : forall j, (f <= j)%nat -> (j < n - f)%nat -> IsMean [rank s j] (mean [nth j t 0])).
    { intros j J K. rewrite (E j J K). apply (finite_mean [nth j t 0]). discriminate. }
    destruct (Nat.odd n) eqn:O.
    - eexists. exists s. split; [exact R | ]. rewrite O. apply A; lia.
    - destruct (even_half n O) as (h & EV). assert (HH : (n / 2 = h)%nat) by lia.
      destruct k; eexists; exists s; (split; [exact R | ]); rewrite O, HH.
      + rewrite (E (h - 1)%nat), (E h) by lia. apply (finite_mean [nth (h - 1) t 0; nth h t 0]). discriminate.
      + apply A; lia.
      + apply A; lia.
  Qed.

  (* ---- meamed ---- *)

  Lemma median_ranks : (f <= (n - 1) / 2 /\ n / 2 < n - f)%nat.
  Proof. lia. Qed.

  Lemma meamed_within : forall q, IsMeamed n f x q -> Within q v S (ratio (2 * f) (n - f)).
  Proof.
    intros q (c & K & M & (DK & LK & IK & CK) & Q). destruct row_facts as (N & D & I & E & L & F). destruct median_ranks as (M1 & M2).
    assert (C : 2 * lo <= c <= 2 * hi).
    { apply (median_between x v (seq 0 n) S c); auto; rewrite ?seq_length, ?L, ?F; auto. }
    set (w := value_of x).
    assert (HS : forall i, In i S -> w i = v i) by (intros i H; unfold w, value_of; rewrite (finite i H); reflexivity).
    assert (HK : Holds x w K).
    { intros k H. destruct (CK k H) as (u & U & _). unfold w, value_of. rewrite U. reflexivity. }
    rewrite (map_ext_in _ _ _ HK), <- (map_map w Fin) in Q. apply mean_of_finite in Q. unfold mean in Q. rewrite map_length, LK in Q.
    apply (set_mean (n - f) (zsum (map w K)) (2 * f) (n - f)); [lia | lia | | exact Q].
    assert (B : Z.abs (zsum (map w K) - zsum (map w S)) <= Z.of_nat f * (2 * (hi - lo))).
    { apply sums_near; auto; [lia | | pose proof spread_positive; lia | ].
      - pose proof (without_few K S (seq 0 n) DK D IK I) as W. rewrite seq_length in W. lia.
      - intros k i A _ B G. rewrite (HS i B). destruct (CK k A) as (u & U & CL).
        specialize (CL i (v i) (I i B) G (finite i B)). rewrite (HK k A) in U. injection U as <-.
        pose proof (values_between (v i) (in_map v S i B)). lia. }
    rewrite (map_ext_in w v S HS) in B. revert B. generalize (zsum (map w K)), (zsum (map v S)), (hi - lo). intros X Y G B.
    rewrite <- Z.mul_sub_distr_l, Z.abs_mul, (Z.abs_eq (Z.of_nat (n - f))), Nat2Z.inj_mul by lia.
    transitivity (Z.of_nat (n - f) * (Z.of_nat (n - f) * (Z.of_nat f * (2 * G)))).
    - apply Z.mul_le_mono_nonneg_l; [lia | ]. apply Z.mul_le_mono_nonneg_l; [lia | exact B].
    - apply Z.eq_le_incl. ring.
  Qed.

  Lemma meamed_some : exists q, IsMeamed n f x q.
  Proof.
    destruct row_facts as (N & D & I & E & L & F). destruct median_ranks as (M1 & M2).
    destruct (Columns.median_exists x v (seq 0 n) S) as (c & C); auto; rewrite ?seq_length, ?L, ?F; auto.
    destruct (closest_exists x v (seq 0 n) S (n - f) c) as (K & CK); auto; [lia | ].
    pose proof CK as (_ & LK & _ & HK). exists (mean (map (value_of x) K)), c, K. split; [exact C | split; [exact CK | ]].
    assert (E' : map x K = map Fin (map (value_of x) K)).
    { rewrite map_map. apply map_ext_in. intros k H. destruct (HK k H) as (u & U & _). unfold value_of. rewrite U. reflexivity. }
    rewrite E'. apply finite_mean. destruct K; [simpl in LK; lia | discriminate].
  Qed.
End Set_of_rows.

(* ---- the theorems: definition and resilience of each rule, every f >= 0 and n > 2f ---- *)

Theorem trimmed_mean_defined : forall n f, (2 * f < n)%nat -> Defined n f (IsTrimmedMean n f).
Proof. intros n f F x v S R H. exact (trimmed_mean_some n f x v S F R H). Qed.

Theorem trimmed_mean_resilient : forall n f, (2 * f < n)%nat -> Resilient n f (IsTrimmedMean n f) (ratio f (n - f)).
Proof. intros n f F x v S q R H. exact (trimmed_mean_within n f x v S F R H q). Qed.

Theorem median_defined : forall k n f, (2 * f < n)%nat -> Defined n f (IsMedian k n).
Proof. intros k n f F x v S R H. exact (median_some n f x v S F R H k). Qed.

Theorem median_resilient : forall k n f, (2 * f < n)%nat -> Resilient n f (IsMedian k n) (ratio n (2 * (n - f))).
Proof. intros k n f F x v S q R H. exact (median_within n f x v S F R H k q). Qed.

Theorem median_odd_resilient : forall k n f, (2 * f < n)%nat -> Nat.odd n = true ->
  Resilient n f (IsMedian k n) (ratio (n - 1) (2 * (n - f))).
Proof. intros k n f F O x v S q R H. exact (median_odd_within n f x v S F R H k q O). Qed.

Theorem median_midpoint_even_resilient : forall n f, (2 * f < n)%nat -> Nat.odd n = false ->
  Resilient n f (IsMedian Midpoint n) (ratio (n - 2) (2 * (n - f))).
Proof. intros n f F O x v S q R H. exact (median_midpoint_even_within n f x v S F R H q O). Qed.

Theorem meamed_defined : forall n f, (2 * f < n)%nat -> Defined n f (IsMeamed n f).
Proof. intros n f F x v S R H. exact (meamed_some n f x v S F R H). Qed.

Theorem meamed_resilient : forall n f, (2 * f < n)%nat -> Resilient n f (IsMeamed n f) (ratio (2 * f) (n - f)).
Proof. intros n f F x v S q R H. exact (meamed_within n f x v S F R H q). Qed.

(* ---- the output that is returned: z is q rounded, off by at most h ---- *)

Theorem rounded_resilient : forall n f rule lambda, Resilient n f rule lambda -> forall x v S q z h,
  Rows n (n - f) S -> Holds x v S -> rule x q -> (Qabs (z - q) <= h)%Q -> (Qabs (z - mean (map v S)) <= lambda * spread (map v S) + h)%Q.
Proof.
  intros n f rule lambda RES x v S q z h R H RULE Z. specialize (RES x v S q R H RULE). unfold Within in RES.
  setoid_replace (z - mean (map v S))%Q with ((q - mean (map v S)) + (z - q))%Q by ring.
  apply Qle_trans with (1 := Qabs_triangle _ _). apply Qplus_le_compat; assumption.
Qed.
