(* What rounding adds: RN(S/k) of spec/rules.md, section 1, is no farther from S/k than half a unit in its last place.

   The definitions are those of spec/acsl/number.h (Shift, Significand, Value, Rounded, IsQuotient) over the integers of Coq, with F fraction bits
   for its FRACTION = 2^F and a power of two for its Up. Numbers are in units of the smallest subnormal. Magnitudes go on without end here: that a
   quotient stays finite is proved of the C code, and rounds to the same magnitude either way. *)

Require Import ZArith QArith Qabs List Lia.
From Certigar Require Import Rules Resilience.
Open Scope Z_scope.

Definition shift (F r : Z) : Z := if r <? 2 ^ F then 0 else r / 2 ^ F - 1.
Definition significand (F r : Z) : Z := r - shift F r * 2 ^ F.
Definition magnitude_value (F r : Z) : Z := significand F r * 2 ^ shift F r.            (* the number that magnitude r stands for *)

Definition Rounded (F r X k : Z) : Prop :=
  2 * X <= k * (magnitude_value F r + magnitude_value F (r + 1)) /\
  (2 * X = k * (magnitude_value F r + magnitude_value F (r + 1)) -> Z.even r = true) /\
  (0 < r -> k * (magnitude_value F (r - 1) + magnitude_value F r) <= 2 * X) /\
  (0 < r -> 2 * X = k * (magnitude_value F (r - 1) + magnitude_value F r) -> Z.even r = true).

Definition IsQuotient (F r z S k : Z) : Prop :=                 (* the number z is RN(S/k), of magnitude r *)
  0 <= r /\ Rounded F r (Z.abs S) k /\ z = if S <? 0 then - magnitude_value F r else magnitude_value F r.

Definition ulp (F r : Z) : Z := magnitude_value F (r + 1) - magnitude_value F r.

(* ---- the spacing of magnitudes ---- *)

Lemma shift_natural : forall F r, 0 <= F -> 0 <= r -> 0 <= shift F r.
Proof.
  intros F r HF R. unfold shift. assert (P := Z.pow_pos_nonneg 2 F ltac:(lia) HF).
  destruct (Z.ltb_spec r (2 ^ F)); [lia | ]. assert (1 <= r / 2 ^ F) by (apply Z.div_le_lower_bound; lia). lia.
Qed.

Lemma shift_next : forall F r, 0 <= F -> 0 <= r ->
  shift F (r + 1) = shift F r \/ (shift F (r + 1) = shift F r + 1 /\ r + 1 = (shift F r + 2) * 2 ^ F).
Proof.
  intros F r HF R. unfold shift. assert (P := Z.pow_pos_nonneg 2 F ltac:(lia) HF). set (p := 2 ^ F) in *.
  destruct (Z.ltb_spec (r + 1) p) as [A | A], (Z.ltb_spec r p) as [B | B]; try lia.
  - left. assert (E : r + 1 = p) by lia. rewrite E, Z.div_same by lia. lia.
  - assert (D := Z.div_mod r p ltac:(lia)). assert (M := Z.mod_pos_bound r p P). set (q := r / p) in *. set (t := r mod p) in *.
    destruct (Z.eq_dec (t + 1) p) as [T | T].
    + right. assert (E : (r + 1) / p = q + 1) by (symmetry; apply Z.div_unique with 0; lia). rewrite E. split; lia.
    + left. assert (E : (r + 1) / p = q) by (symmetry; apply Z.div_unique with (t + 1); lia). lia.
Qed.

Theorem spacing : forall F r, 0 <= F -> 0 <= r -> ulp F r = 2 ^ shift F r.
Proof.
  intros F r HF R. assert (N := shift_natural F r HF R). unfold ulp, magnitude_value, significand.
  destruct (shift_next F r HF R) as [-> | [-> E]]; [ring | ].
  rewrite (Z.pow_add_r 2 (shift F r) 1) by lia. set (s := shift F r) in *. set (p := 2 ^ F) in *.
  replace r with ((s + 2) * p - 1) by lia. ring.
Qed.

Lemma ulp_positive : forall F r, 0 <= F -> 0 <= r -> 0 < ulp F r.
Proof. intros F r HF R. rewrite spacing by assumption. apply Z.pow_pos_nonneg; [lia | apply shift_natural; assumption]. Qed.

Lemma ulp_next : forall F r, 0 <= F -> 0 <= r -> ulp F r <= ulp F (r + 1).
Proof.
  intros F r HF R. rewrite !spacing by lia. apply Z.pow_le_mono_r; [lia | ]. destruct (shift_next F r HF R) as [-> | [-> _]]; lia.
Qed.

Lemma value_zero : forall F, 0 <= F -> magnitude_value F 0 = 0.
Proof.
  intros F HF. assert (P := Z.pow_pos_nonneg 2 F ltac:(lia) HF). unfold magnitude_value, significand, shift.
  destruct (Z.ltb_spec 0 (2 ^ F)); lia.
Qed.

Lemma value_monotone : forall F s r, 0 <= F -> 0 <= s <= r -> magnitude_value F s <= magnitude_value F r.
Proof.
  intros F s r HF [S R]. replace r with (s + (r - s)) by lia. assert (D : 0 <= r - s) by lia. revert D. generalize (r - s).
  apply natlike_ind; [rewrite Z.add_0_r; lia | ]. intros i I IH.
  assert (U := ulp_positive F (s + i) HF ltac:(lia)). unfold ulp in U. rewrite Z.add_succ_r, <- Z.add_1_r. lia.
Qed.

(* ---- RN ---- *)

Lemma rounded_half : forall F r X k, 0 <= F -> 0 <= r -> 0 <= X -> 0 < k -> Rounded F r X k ->
  2 * Z.abs (k * magnitude_value F r - X) <= k * ulp F r.
Proof.
  intros F r X k HF R HX K (UP & _ & DOWN & _). unfold ulp. set (v := magnitude_value F r) in *. set (w := magnitude_value F (r + 1)) in *.
  assert (0 <= k * (w - v)) by (apply Z.mul_nonneg_nonneg; [lia | apply Z.lt_le_incl, (ulp_positive F r HF R)]).
  destruct (Z.eq_dec r 0) as [Z0 | NZ].
  - assert (V : v = 0) by (unfold v; rewrite Z0; apply value_zero; assumption). rewrite V in *. lia.
  - specialize (DOWN ltac:(lia)). assert (G := ulp_next F (r - 1) HF ltac:(lia)). unfold ulp in G.
    replace (r - 1 + 1) with r in G by ring. fold v w in G. set (u := magnitude_value F (r - 1)) in *.
    assert (k * (v - u) <= k * (w - v)) by (apply Z.mul_le_mono_nonneg_l; lia). lia.
Qed.

(* No magnitude, of either sign, is nearer to S/k: what RN stands for is a nearest number *)
Theorem rounded_nearest : forall F r z S k, 0 <= F -> 0 < k -> IsQuotient F r z S k ->
  forall s w, 0 <= s -> w = magnitude_value F s \/ w = - magnitude_value F s -> Z.abs (k * z - S) <= Z.abs (k * w - S).
Proof.
  intros F r z S k HF K (R & (UP & _ & DOWN & _) & Z) s w HS W. set (X := Z.abs S) in *.
  assert (POSITIVE : forall i, 0 <= i -> 0 <= k * magnitude_value F i).
  { intros i I. apply Z.mul_nonneg_nonneg; [lia | ]. rewrite <- (value_zero F HF). apply value_monotone; lia. }
  assert (MONOTONE : forall i j, 0 <= i <= j -> k * magnitude_value F i <= k * magnitude_value F j).
  { intros i j IJ. apply Z.mul_le_mono_nonneg_l; [lia | ]. apply value_monotone; assumption. }
  assert (SAME : forall i, 0 <= i -> Z.abs (k * magnitude_value F r - X) <= Z.abs (k * magnitude_value F i - X)).
  { intros i I. destruct (Z.lt_trichotomy i r) as [L | [-> | G]]; [ | lia | ].
    - specialize (DOWN ltac:(lia)). assert (A := MONOTONE i (r - 1) ltac:(lia)). assert (B := MONOTONE (r - 1) r ltac:(lia)). lia.
    - assert (A := MONOTONE (r + 1) i ltac:(lia)). assert (B := MONOTONE r (r + 1) ltac:(lia)). lia. }
  assert (A := SAME s HS). assert (B := SAME 0 ltac:(lia)). rewrite (value_zero F HF) in B. assert (C := POSITIVE s HS).
  destruct (Z.ltb_spec S 0); subst z; destruct W as [-> | ->]; rewrite ?Z.mul_opp_r; lia.
Qed.

Theorem rounded_half_ulp : forall F r z S k, 0 <= F -> 0 < k -> IsQuotient F r z S k ->
  (Qabs (inject_Z z - inject_Z S / inject_Z k) <= inject_Z (ulp F r) / 2)%Q.
Proof.
  intros F r z S k HF K (R & ROUNDED & Z). assert (H := rounded_half F r (Z.abs S) k HF R (Z.abs_nonneg S) K ROUNDED).
  assert (H' : 2 * Z.abs (k * z - S) <= k * ulp F r).
  { destruct (Z.ltb_spec S 0); subst z; rewrite ?Z.mul_opp_r; lia. }
  assert (KQ : (0 < inject_Z k)%Q) by (change 0%Q with (inject_Z 0); rewrite <- Zlt_Qlt; assumption).
  assert (UP : (2 * (inject_Z k * inject_Z z - inject_Z S) <= inject_Z k * inject_Z (ulp F r))%Q).
  { change 2%Q with (inject_Z 2). unfold Qminus. rewrite <- inject_Z_opp, <- !inject_Z_mult, <- inject_Z_plus, <- inject_Z_mult, <- Zle_Qle. lia. }
  assert (DOWN : (2 * (inject_Z S - inject_Z k * inject_Z z) <= inject_Z k * inject_Z (ulp F r))%Q).
  { change 2%Q with (inject_Z 2). unfold Qminus. rewrite <- !inject_Z_mult, <- inject_Z_opp, <- inject_Z_plus, <- inject_Z_mult, <- Zle_Qle. lia. }
  assert (NZ : ~ (inject_Z k == 0)%Q) by (intro E; rewrite E in KQ; discriminate KQ).
  apply Qabs_Qle_condition. split.
  - apply (Qmult_le_l _ _ (2 * inject_Z k)); [apply (Qmult_lt_l 0 (inject_Z k) 2); [reflexivity | assumption] | ].
    setoid_replace (2 * inject_Z k * - (inject_Z (ulp F r) / 2))%Q with (- (inject_Z k * inject_Z (ulp F r)))%Q by (field; discriminate).
    setoid_replace (2 * inject_Z k * (inject_Z z - inject_Z S / inject_Z k))%Q with (- (2 * (inject_Z S - inject_Z k * inject_Z z)))%Q by (field; assumption).
    apply Qopp_le_compat. assumption.
  - apply (Qmult_le_l _ _ (2 * inject_Z k)); [apply (Qmult_lt_l 0 (inject_Z k) 2); [reflexivity | assumption] | ].
    setoid_replace (2 * inject_Z k * (inject_Z (ulp F r) / 2))%Q with (inject_Z k * inject_Z (ulp F r))%Q by (field; discriminate).
    setoid_replace (2 * inject_Z k * (inject_Z z - inject_Z S / inject_Z k))%Q with (2 * (inject_Z k * inject_Z z - inject_Z S))%Q by (field; assumption).
    assumption.
Qed.

(* ---- the output that is returned ---- *)

(* z is RN of the rule's exact output q = sum/k: what is proved of q holds of z, with half a unit in the last place of z more *)
Theorem returned_resilient : forall n f rule lambda, Resilient n f rule lambda -> forall x v S q F r z sum k,
  Rows n (n - f) S -> Holds x v S -> rule x q -> 0 <= F -> 0 < k -> (q == inject_Z sum / inject_Z k)%Q -> IsQuotient F r z sum k ->
  (Qabs (inject_Z z - mean (map v S)) <= lambda * spread (map v S) + inject_Z (ulp F r) / 2)%Q.
Proof.
  intros n f rule lambda RES x v S q F r z sum k R H RULE HF K Q RN. apply (rounded_resilient n f rule lambda RES x v S q); try assumption.
  rewrite Q. apply rounded_half_ulp; assumption.
Qed.
