(* No coefficient of Resilience.v can be lowered, and f/(n-f) is the least of any rule.

   The least coefficient (Farhadkhani et al. 2022): of n-f zeros and f ones, n-f rows are all zero, so that the rule must give 0;
   n-f others, the f ones among them, have mean f/(n-f). trimmed-mean attains it. The coefficients of the other rules are attained
   by increasing columns of zeros and ones (of zeros, ones and twos for meamed), with S the last n-f rows, for the upper median the
   first. Where n is so small that the coefficient is 0, there is nothing to attain: hence 2 <= n and 4 <= n. *)

Require Import ZArith QArith Qabs List Permutation Sorted Lia ZifyNat.
From Certigar Require Import Lists Bounds Rules Columns Resilience.
Import ListNotations.
Open Scope Z_scope.

Ltac Zify.zify_post_hook ::= Z.to_euclidean_division_equations.

(* c/e is the distance of the quotients a/m and b/m *)
Lemma gap : forall (a b : Z) (m c e : nat), (0 < m)%nat -> (0 < e)%nat -> Z.of_nat c * Z.of_nat m = Z.abs (a - b) * Z.of_nat e ->
  (ratio c e == Qabs (inject_Z a / inject_Z (Z.of_nat m) - inject_Z b / inject_Z (Z.of_nat m)))%Q.
Proof.
  intros a b m c e M E H. unfold ratio.
  destruct (Z.of_nat m) as [ | p | ] eqn:EM; try lia. destruct (Z.of_nat e) as [ | u | ] eqn:EE; try lia.
  unfold Qeq, Qabs, Qdiv, Qmult, Qminus, Qplus, Qopp, Qinv, inject_Z; simpl.
  rewrite ?Pos.mul_1_r, ?Z.mul_1_r. replace (a * Z.pos p + - b * Z.pos p) with (Z.pos p * (a - b)) by ring.
  rewrite Z.abs_mul, Pos2Z.inj_mul. change (Z.abs (Z.pos p)) with (Z.pos p). nia.
Qed.

(* a rule that is off by c/e, while the values of S differ by at most 1, has at least that coefficient *)
Lemma witness : forall n f rule lambda (y : nat -> Z) S q a c e d i j, Resilient n f rule lambda -> Rows n (n - f) S -> (0 < n - f)%nat ->
  rule (fun i => Fin (y i)) q -> (q == inject_Z a / inject_Z (Z.of_nat (n - f)))%Q ->
  (forall i, In i S -> d <= y i <= d + 1) -> In i S -> y i = d -> In j S -> y j = d + 1 ->
  (0 < e)%nat -> Z.of_nat c * Z.of_nat (n - f) = Z.abs (a - zsum (map y S)) * Z.of_nat e -> (ratio c e <= lambda)%Q.
Proof.
  intros n f rule lambda y S q a c e d i j RES R P RULE Q B I YI J YJ E G.
  assert (H : Holds (fun i => Fin (y i)) y S) by (intros k _; reflexivity).
  specialize (RES _ y S q R H RULE). unfold Within, mean, spread in RES. rewrite map_length in RES.
  destruct R as (_ & L & _). rewrite L, Q in RES. rewrite <- (gap a (zsum (map y S)) (n - f) c e P E G) in RES.
  assert (N : map y S <> []) by (destruct S; [destruct I | discriminate]).
  destruct (least_greatest _ N) as (IL & IG & ALL). apply in_map_iff in IL, IG. destruct IL as (k & KL & IL), IG as (k' & KG & IG).
  pose proof (B k IL). pose proof (B k' IG). pose proof (ALL _ (in_map y S i I)). pose proof (ALL _ (in_map y S j J)).
  replace (greatest (map y S) - least (map y S)) with 1 in RES by lia.
  setoid_replace (lambda * inject_Z 1)%Q with lambda in RES by (unfold inject_Z; ring).
  exact RES.
Qed.

(* ---- increasing columns ---- *)

Definition step (c i : nat) : Z := if (i <? c)%nat then 0 else 1.        (* c zeros, then ones *)

Lemma step_low : forall c i, (i < c)%nat -> step c i = 0.
Proof. intros c i H. unfold step. apply Nat.ltb_lt in H. rewrite H. reflexivity. Qed.

Lemma step_high : forall c i, (c <= i)%nat -> step c i = 1.
Proof. intros c i H. unfold step. apply Nat.ltb_ge in H. rewrite H. reflexivity. Qed.

Lemma step_sum : forall c k a, zsum (map (step c) (seq a k)) = Z.of_nat (Nat.min k (a + k - c)).
Proof.
  induction k as [ | k IH]; intros a; cbn [seq map zsum]; [reflexivity | ]. rewrite IH.
  unfold step. destruct (Nat.ltb_spec a c); lia.
Qed.

Lemma zsum_map_add : forall (g h : nat -> Z) l, zsum (map (fun i => g i + h i) l) = zsum (map g l) + zsum (map h l).
Proof. induction l as [ | a l IH]; simpl; lia. Qed.

Lemma seq_sorted : forall (y : nat -> Z), (forall i j, (i <= j)%nat -> y i <= y j) ->
  forall k a, StronglySorted le (map (fun i => Fin (y i)) (seq a k)).
Proof.
  intros y M. induction k as [ | k IH]; intros a; simpl; constructor; [apply IH | ].
  apply Forall_forall. intros w W. apply in_map_iff in W. destruct W as (i & <- & I). apply in_seq in I. simpl. apply M. lia.
Qed.

Lemma increasing : forall (y : nat -> Z) n, (forall i j, (i <= j)%nat -> y i <= y j) ->
  Ranks (column n (fun i => Fin (y i))) (column n (fun i => Fin (y i))) /\ forall j, (j < n)%nat ->
    rank (column n (fun i => Fin (y i))) j = Fin (y j).
Proof.
  intros y n M. split; [split; [reflexivity | apply seq_sorted; exact M] | ].
  intros j J. unfold rank, column.
  rewrite nth_indep with (d' := (fun i => Fin (y i)) 0%nat) by (rewrite map_length, seq_length; exact J).
  rewrite (map_nth (fun i => Fin (y i))), seq_nth by exact J. reflexivity.
Qed.

Lemma step_increasing : forall c i j, (i <= j)%nat -> step c i <= step c j.
Proof. intros. unfold step. destruct (Nat.ltb_spec i c), (Nat.ltb_spec j c); lia. Qed.

Lemma block : forall n a k, (a + k <= n)%nat -> Rows n k (seq a k).
Proof. intros. repeat split; [apply seq_NoDup | apply seq_length | ]. intros i I. apply in_seq in I. lia. Qed.

Lemma mean_same : forall (z : list Z) (a : Z) (m : nat), z <> [] -> (0 < m)%nat -> zsum z = a * Z.of_nat (length z) ->
  (mean z == inject_Z (a * Z.of_nat m) / inject_Z (Z.of_nat m))%Q.
Proof.
  intros z a m Z M H. unfold mean. rewrite H. assert (L : (0 < length z)%nat) by (destruct z; [contradiction | simpl; lia]).
  rewrite !inject_Z_mult. rewrite !Qdiv_mult_l; [reflexivity | | ];
    change 0%Q with (inject_Z 0); rewrite inject_Z_injective; lia.
Qed.

(* ---- every rule ---- *)

Theorem resilience_optimal : forall n f rule lambda, (2 * f < n)%nat -> (1 <= f)%nat ->
  Defined n f rule -> Resilient n f rule lambda -> (ratio f (n - f) <= lambda)%Q.
Proof.
  intros n f rule lambda F PF DEF RES.
  assert (H : Holds (fun i => Fin (step (n - f) i)) (step (n - f)) (seq 0 (n - f))) by (intros k _; reflexivity).
  destruct (DEF _ _ _ (block n 0 (n - f) ltac:(lia)) H) as (q & RULE).
  assert (Q : (q == inject_Z 0 / inject_Z (Z.of_nat (n - f)))%Q).
  { pose proof (RES _ _ _ q (block n 0 (n - f) ltac:(lia)) H RULE) as W. unfold Within, mean, spread in W.
    rewrite map_length, seq_length, step_sum in W.
    replace (Z.of_nat (Nat.min (n - f) (0 + (n - f) - (n - f)))) with 0 in W by lia.
    assert (N : map (step (n - f)) (seq 0 (n - f)) <> []).
    { intros N. apply (f_equal (@length Z)) in N. rewrite map_length, seq_length in N. simpl in N. lia. }
    destruct (least_greatest _ N) as (IL & IG & _). apply in_map_iff in IL, IG. destruct IL as (i & IL & I), IG as (j & IG & J).
    apply in_seq in I, J. rewrite step_low in IL, IG by lia. rewrite <- IL, <- IG in W.
    setoid_replace (lambda * inject_Z (0 - 0))%Q with 0%Q in W by (unfold inject_Z; simpl; ring).
    apply Qabs_Qle_condition in W. destruct W as (W1 & W2). apply Qle_antisym.
    - apply (Qplus_le_l _ _ (- (inject_Z 0 / inject_Z (Z.of_nat (n - f))))). rewrite Qplus_opp_r. exact W2.
    - apply (Qplus_le_l _ _ (- (inject_Z 0 / inject_Z (Z.of_nat (n - f))))). rewrite Qplus_opp_r. exact W1. }
  apply (witness n f rule lambda (step (n - f)) (seq f (n - f)) q 0 f (n - f) 0 f (n - 1)); auto; try lia.
  - apply block. lia.
  - intros i _. unfold step. destruct (i <? n - f)%nat; lia.
  - apply in_seq. lia.
  - apply step_low. lia.
  - apply in_seq. lia.
  - apply step_high. lia.
  - rewrite step_sum. lia.
Qed.

(* ---- each rule ---- *)

Theorem trimmed_mean_sharp : forall n f lambda, (2 * f < n)%nat -> (1 <= f)%nat -> Resilient n f (IsTrimmedMean n f) lambda ->
  (ratio f (n - f) <= lambda)%Q.
Proof.
  intros n f lambda F PF RES. apply (resilience_optimal n f (IsTrimmedMean n f)); auto. apply trimmed_mean_defined. exact F.
Qed.

(* a rule that gives the value at rank j, or the mean of those at ranks j and j+1, of zeros up to there *)
Lemma zeros_sharp : forall n f rule lambda c e k, (2 * f < n)%nat -> Resilient n f rule lambda -> (f < k)%nat -> (k < n)%nat ->
  (0 < e)%nat ->
  (forall q, (q == 0)%Q -> rule (fun i => Fin (step k i)) q) ->
  Z.of_nat c * Z.of_nat (n - f) = Z.of_nat (n - k) * Z.of_nat e -> (f <= k)%nat -> (ratio c e <= lambda)%Q.
Proof.
  intros n f rule lambda c e k F RES K N E RULE G FK.
  apply (witness n f rule lambda (step k) (seq f (n - f)) 0%Q 0 c e 0 f (n - 1)); auto; try lia.
  - apply block. lia.
  - apply RULE. reflexivity.
  - unfold Qdiv. unfold inject_Z at 1. ring.
  - intros i _. unfold step. destruct (i <? k)%nat; lia.
  - apply in_seq. lia.
  - apply step_low. lia.
  - apply in_seq. lia.
  - apply step_high. lia.
  - rewrite step_sum. replace (Z.abs (0 - Z.of_nat (Nat.min (n - f) (f + (n - f) - k)))) with (Z.of_nat (n - k)) by lia. exact G.
Qed.

Lemma is_mean_of : forall l z q, l = map Fin z -> z <> [] -> (q == mean z)%Q -> IsMean l q.
Proof. intros l z q -> Z H. split; [destruct z; [contradiction | discriminate] | ]. exists z. split; [reflexivity | exact H]. Qed.

Theorem median_odd_sharp : forall k n f lambda, (2 * f < n)%nat -> (2 <= n)%nat -> Nat.odd n = true ->
  Resilient n f (IsMedian k n) lambda -> (ratio (n - 1) (2 * (n - f)) <= lambda)%Q.
Proof.
  intros k n f lambda F N2 O RES. pose proof O as OD. apply Nat.odd_spec in OD. destruct OD as (h & OD).
  apply (zeros_sharp n f (IsMedian k n) lambda _ _ (h + 1)); auto; try (clear - F N2 OD; nia).
  intros q Q. destruct (increasing (step (h + 1)) n (step_increasing _)) as (R & E).
  eexists. split; [exact R | ]. rewrite O. replace ((n - 1) / 2)%nat with h by (clear - OD; lia).
  apply is_mean_of with [0]; [ | discriminate | rewrite Q; reflexivity]. rewrite E, step_low by lia. reflexivity.
Qed.

Theorem median_midpoint_even_sharp : forall n f lambda, (2 * f < n)%nat -> (4 <= n)%nat -> Nat.odd n = false ->
  Resilient n f (IsMedian Midpoint n) lambda -> (ratio (n - 2) (2 * (n - f)) <= lambda)%Q.
Proof.
  intros n f lambda F N4 O RES. destruct (even_half n O) as (h & EV).
  apply (zeros_sharp n f (IsMedian Midpoint n) lambda _ _ (h + 1)); auto; try (clear - F N4 EV; nia).
  intros q Q. destruct (increasing (step (h + 1)) n (step_increasing _)) as (R & E).
  eexists. split; [exact R | ]. rewrite O. replace (n / 2)%nat with h by (clear - EV; lia).
  apply is_mean_of with [0; 0]; [ | discriminate | rewrite Q; reflexivity]. rewrite !E, !step_low by lia. reflexivity.
Qed.

Theorem median_lower_even_sharp : forall n f lambda, (2 * f < n)%nat -> Nat.odd n = false ->
  Resilient n f (IsMedian Lower n) lambda -> (ratio n (2 * (n - f)) <= lambda)%Q.
Proof.
  intros n f lambda F O RES. destruct (even_half n O) as (h & EV).
  apply (zeros_sharp n f (IsMedian Lower n) lambda _ _ h); auto; try (clear - F EV; nia).
  intros q Q. destruct (increasing (step h) n (step_increasing _)) as (R & E).
  eexists. split; [exact R | ]. rewrite O. replace (n / 2)%nat with h by (clear - EV; lia).
  apply is_mean_of with [0]; [ | discriminate | rewrite Q; reflexivity]. rewrite E, step_low by lia. reflexivity.
Qed.

Theorem median_upper_even_sharp : forall n f lambda, (2 * f < n)%nat -> Nat.odd n = false ->
  Resilient n f (IsMedian Upper n) lambda -> (ratio n (2 * (n - f)) <= lambda)%Q.
Proof.
  intros n f lambda F O RES. destruct (even_half n O) as (h & EV).
  destruct (increasing (step h) n (step_increasing _)) as (R & E).
  apply (witness n f (IsMedian Upper n) lambda (step h) (seq 0 (n - f)) 1%Q (Z.of_nat (n - f)) n (2 * (n - f)) 0 0 (n - f - 1));
    auto; try (clear - F EV; lia).
  - apply block. lia.
  - eexists. split; [exact R | ]. rewrite O. replace (n / 2)%nat with h by (clear - EV; lia).
    apply is_mean_of with [1]; [ | discriminate | reflexivity]. rewrite E, step_high by lia. reflexivity.
  - rewrite <- (Z.mul_1_l (Z.of_nat (n - f))) at 1. rewrite <- (mean_same [1] 1 (n - f));
      [reflexivity | discriminate | lia | reflexivity].
  - intros i _. unfold step. destruct (i <? h)%nat; lia.
  - apply in_seq. lia.
  - apply step_low. lia.
  - apply in_seq. lia.
  - apply step_high. lia.
  - rewrite step_sum. replace (Z.abs (Z.of_nat (n - f) - Z.of_nat (Nat.min (n - f) (0 + (n - f) - h)))) with (Z.of_nat h) by lia.
    clear - F EV. nia.
Qed.

(* f zeros, n-2f ones, f twos: all but the ones are equally close to the median *)
Theorem meamed_sharp : forall n f lambda, (2 * f < n)%nat -> (1 <= f)%nat -> Resilient n f (IsMeamed n f) lambda ->
  (ratio (2 * f) (n - f) <= lambda)%Q.
Proof.
  intros n f lambda F PF RES. set (y := fun i => step f i + step (n - f) i).
  assert (UP : forall i j, (i <= j)%nat -> y i <= y j).
  { intros i j I. unfold y. pose proof (step_increasing f i j I). pose proof (step_increasing (n - f) i j I). lia. }
  destruct (increasing y n UP) as (R & E).
  assert (ONE : forall i, (f <= i)%nat -> (i < n - f)%nat ->
    y i = 1) by (intros i I J; unfold y; rewrite step_high, step_low by lia; reflexivity).
  assert (TWO : forall i, (n - f <= i)%nat -> y i = 2) by (intros i I; unfold y; rewrite !step_high by lia; reflexivity).
  apply (witness n f (IsMeamed n f) lambda y (seq f (n - f)) (mean (map y (seq 0 (n - f))))
    (Z.of_nat (n - 2 * f)) (2 * f) (n - f) 1 f (n - 1));
    auto; try lia.
  - apply block. lia.
  - exists 2, (seq 0 (n - f)). split; [ | split].
    + exists (column n (fun i => Fin (y i))), 1, 1. split; [exact R | ]. unfold column at 2 4. rewrite map_length, seq_length.
      rewrite !E, !ONE by lia. auto.
    + repeat split; [apply seq_NoDup | apply seq_length | intros i I; apply in_seq in I; apply in_seq; lia | ].
      intros k K. exists (y k). split; [reflexivity | ]. intros i w I NI W. injection W as <-.
      assert (n - f <= i)%nat by (destruct (le_lt_dec (n - f) i) as [ | C]; [assumption | exfalso; apply NI, in_seq; lia]).
      rewrite (TWO i) by assumption. unfold y, step. destruct (k <? f)%nat, (k <? n - f)%nat; lia.
    + rewrite <- (map_map y Fin). apply finite_mean. intros N. apply (f_equal (@length Z)) in N. rewrite map_length, seq_length in N.
      simpl in N. lia.
  - unfold mean. rewrite map_length, seq_length. unfold y. rewrite zsum_map_add, !step_sum.
    replace (Z.of_nat (Nat.min (n - f) (0 + (n - f) - f)) + Z.of_nat (Nat.min (n - f) (0 + (n - f) - (n - f))))
      with (Z.of_nat (n - 2 * f)) by lia. reflexivity.
  - intros i I. apply in_seq in I. unfold y. rewrite step_high by lia. unfold step. destruct (i <? n - f)%nat; lia.
  - apply in_seq. lia.
  - apply ONE; lia.
  - apply in_seq. lia.
  - apply TWO. lia.
  - unfold y. rewrite zsum_map_add, !step_sum.
    replace (Z.of_nat (Nat.min (n - f) (f + (n - f) - f)) + Z.of_nat (Nat.min (n - f) (f + (n - f) - (n - f)))) with (Z.of_nat n) by lia.
    f_equal. lia.
Qed.
