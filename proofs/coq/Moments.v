(* How long a step of Adam can be: for moments started at zero, without bias correction,

     m_0 = v_0 = 0,  m_(t+1) = b1 m_t + (1-b1) g_t,  v_(t+1) = b2 v_t + (1-b2) g_t^2,  b1^2 < b2,

   every input sequence g gives, for every t,  |m_t| / sqrt(v_t + eps) <= (1-b1) / sqrt((1-b2) (1 - b1^2/b2)).

   D. P. Kingma, J. Ba: Adam: A Method for Stochastic Optimization. ICLR 2015, section 2.1, give (1-b1)/sqrt(1-b2) where all inputs
   but the last are zero; over all sequences the factor 1/sqrt(1 - b1^2/b2) comes in. It is the Cauchy-Schwarz inequality for
   m_t = (1-b1) sum b1^(t-1-k) g_k and v_t = (1-b2) sum b2^(t-1-k) g_k^2, used one step at a time: with r = b1^2/b2 > 0,
   (b1 m + h)^2 <= b1^2 m^2 / r + h^2 / (1-r). Real numbers, no rounding. *)

Require Import Reals Lra.
Open Scope R_scope.

Section Adam.
  Variables (b1 b2 : R) (g : nat -> R).

  Fixpoint first_moment (t : nat) : R := match t with O => 0 | S t => b1 * first_moment t + (1 - b1) * g t end.
  Fixpoint second_moment (t : nat) : R := match t with O => 0 | S t => b2 * second_moment t + (1 - b2) * (g t)² end.
End Adam.

Lemma second_moment_positive : forall b2 g t, 0 <= b2 <= 1 -> 0 <= second_moment b2 g t.
Proof.
  intros b2 g t B. induction t as [ | t IH]; simpl; [lra | ].
  pose proof (Rle_0_sqr (g t)). apply Rplus_le_le_0_compat; apply Rmult_le_pos; lra.
Qed.

(* division-free: m_t^2 (1-b2) (b2 - b1^2) <= (1-b1)^2 b2 v_t *)
Lemma moments_step : forall b1 b2 m v g, b2 > 0 -> b1² < b2 -> b2 < 1 ->
  m² * ((1 - b2) * (b2 - b1²)) <= (1 - b1)² * b2 * v ->
  (b1 * m + (1 - b1) * g)² * ((1 - b2) * (b2 - b1²)) <= (1 - b1)² * b2 * (b2 * v + (1 - b2) * g²).
Proof.
  intros b1 b2 m v g B R B' H.
  pose proof (Rle_0_sqr ((b2 - b1²) * m - b1 * ((1 - b1) * g))) as Q.
  assert (E : (b1 * m + (1 - b1) * g)² * (b2 - b1²) <= b2 * (m² * (b2 - b1²)) + b2 * ((1 - b1)² * g²)).
  { unfold Rsqr in *. nra. }
  assert (F : (b1 * m + (1 - b1) * g)² * (b2 - b1²) * (1 - b2) <= (b2 * (m² * (b2 - b1²)) + b2 * ((1 - b1)² * g²)) * (1 - b2))
    by (apply Rmult_le_compat_r; lra).
  assert (G : b2 * (m² * ((1 - b2) * (b2 - b1²))) <= b2 * ((1 - b1)² * b2 * v)) by (apply Rmult_le_compat_l; lra).
  lra.
Qed.

Theorem moments_squared : forall b1 b2 g t, 0 < b2 < 1 -> b1² < b2 ->
  (first_moment b1 g t)² * ((1 - b2) * (b2 - b1²)) <= (1 - b1)² * b2 * second_moment b2 g t.
Proof.
  intros b1 b2 g t B R. induction t as [ | t IH]; simpl.
  - unfold Rsqr. lra.
  - apply moments_step; [lra | lra | lra | exact IH].
Qed.

Theorem adam_step : forall b1 b2 eps g t, b1 <= 1 -> 0 < b2 < 1 -> b1² < b2 -> 0 <= eps -> 0 < second_moment b2 g t + eps ->
  Rabs (first_moment b1 g t) / sqrt (second_moment b2 g t + eps) <= (1 - b1) / sqrt ((1 - b2) * (1 - b1² / b2)).
Proof.
  intros b1 b2 eps g t B1 B2 R E P.
  pose proof (moments_squared b1 b2 g t B2 R) as M. set (m := first_moment b1 g t) in *. set (w := second_moment b2 g t) in *.
  set (c := (1 - b2) * (1 - b1² / b2)).
  assert (C : c * b2 = (1 - b2) * (b2 - b1²)) by (unfold c; field; lra).
  assert (PC : 0 < c).
  { apply Rmult_lt_reg_r with b2; [lra | ]. rewrite C, Rmult_0_l. apply Rmult_lt_0_compat; lra. }
  assert (S : m² * c <= (1 - b1)² * (w + eps)).
  { apply Rmult_le_reg_r with b2; [lra | ]. rewrite Rmult_assoc, C.
    apply Rle_trans with ((1 - b1)² * b2 * w); [exact M | ].
    assert (0 <= (1 - b1)² * eps * b2) by (apply Rmult_le_pos; [apply Rmult_le_pos; [apply Rle_0_sqr | lra] | lra]). lra. }
  pose proof (sqrt_lt_R0 _ P) as SP. pose proof (sqrt_lt_R0 _ PC) as SC.
  apply Rmult_le_reg_r with (sqrt (w + eps)); [exact SP | ]. unfold Rdiv at 1. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
  apply Rmult_le_reg_r with (sqrt c); [exact SC | ].
  replace ((1 - b1) / sqrt c * sqrt (w + eps) * sqrt c) with ((1 - b1) * sqrt (w + eps)) by (field; lra).
  apply Rsqr_incr_0; [ | apply Rmult_le_pos; [apply Rabs_pos | lra] | apply Rmult_le_pos; lra].
  rewrite !Rsqr_mult, !Rsqr_sqrt, <- Rsqr_abs by lra. exact S.
Qed.
