(* Zeno's scores, the rows that it keeps, and Zeno++'s test of one row: spec/rules.md, section 7.

   C. Xie, O. Koyejo, I. Gupta: Zeno: Distributed Stochastic Gradient Descent with Suspicion-based Fault-tolerance. ICML 2019: the n-b rows of
   greatest score are kept. No row left out has a greater score than one kept (zeno_left_out). If q <= b rows are Byzantine, the i-th greatest score
   kept is at least the i-th greatest of the n-q others, for i <= n-b (zeno_guarantee): it is the i-th greatest of all n, of which the others are a
   part.

   C. Xie, O. Koyejo, I. Gupta: Zeno++: Robust Fully Asynchronous SGD. ICML 2020: row u is accepted if gamma <g,u> - rho |u|^2 >= -gamma epsilon. As
   rho |u|^2 is not negative, <g,u> >= -epsilon (accepted_descends): to first order a step of gamma along u raises the server's loss, of gradient g,
   by gamma epsilon at most.

   Numbers are exact, as in rules.md: a word is a rational number, an infinity or a NaN. How a score is made of losses is part of the definition
   (score_of); the guarantee holds of any scores, so of given ones too. All this is about the definition: of the C code it is proved that it chooses
   by the places of the scores (places-first in the ledger), and tested that the places are those of the scores. *)

Require Import QArith List Permutation Sorted Lia.
From Certigar Require Import Lists Rules Ranking.
Import ListNotations.
Open Scope Q_scope.

Inductive word := Number (q : Q) | Plus | Minus | Nan.

Inductive score := Lowest | Exact (q : Q) | Highest.             (* -infinity, a number, +infinity *)

(* ---- scores ---- *)

Fixpoint norm2 (u : list word) : option Q :=                     (* norm(u)^2, if u is finite *)
  match u with
  | [] => Some 0
  | Number a :: t => match norm2 t with Some s => Some (a * a + s) | None => None end
  | _ => None
  end.

(* l - m, the score of a row that costs nothing; a NaN is the lowest *)
Definition fall (l m : word) : score :=
  match l, m with
  | Number a, Number b => Exact (a - b)
  | Number _, Minus | Plus, Number _ | Plus, Minus => Highest
  | _, _ => Lowest                                               (* -infinity, or a NaN *)
  end.

Definition score_of (rho : Q) (l m : word) (u : list word) : score :=
  match norm2 u, fall l m with
  | None, _ => Lowest
  | Some s, Exact q => Exact (q - rho * s)
  | Some _, other => other
  end.

Definition given (w : word) (u : list word) : score :=           (* where word w is the score of row u *)
  match norm2 u, w with
  | Some _, Number q => Exact q
  | Some _, Plus => Highest
  | _, _ => Lowest
  end.

(* a is at least b *)
Definition at_least (a b : score) : Prop :=
  match a, b with
  | Highest, _ | _, Lowest => True
  | Exact p, Exact q => q <= p
  | _, _ => False
  end.

Lemma at_least_decided : forall a b, {at_least a b} + {~ at_least a b}.
Proof.
  intros [ | p | ] [ | q | ]; simpl; auto. destruct (Qlt_le_dec p q) as [L | L]; [right; apply Qlt_not_le | left]; exact L.
Qed.

Lemma at_least_total : forall a b, at_least a b \/ at_least b a.
Proof. intros [ | p | ] [ | q | ]; simpl; auto. destruct (Qlt_le_dec p q) as [L | L]; [right; apply Qlt_le_weak | left]; exact L. Qed.

Lemma at_least_trans : forall a b c, at_least a b -> at_least b c -> at_least a c.
Proof. intros [ | p | ] [ | q | ] [ | r | ]; simpl; try tauto. intros L M. exact (Qle_trans _ _ _ M L). Qed.

(* ---- the rows kept ---- *)

(* C: the greatest n-b of (z), z the scores *)
Definition IsZeno (n b : nat) (z : nat -> score) (C : list nat) : Prop := IsFirst at_least z (n - b) (seq 0 n) C.

Definition Descending (l s : list score) : Prop := InOrder at_least l s.         (* s: the numbers l, the greatest first *)

Theorem zeno_chosen : forall n b z, exists! C, IsZeno n b z C.
Proof.
  intros n b z. destruct (first_exists _ _ at_least_decided at_least_total at_least_trans z (n - b) (seq 0 n)) as (C & H).
  exists C. split; [exact H | ]. intros C' H'. exact (first_unique _ _ z _ _ _ _ H H').
Qed.

Theorem zeno_rows : forall n b z C, IsZeno n b z C -> Rows n (n - b) C.
Proof.
  intros n b z C H. destruct (first_rows _ _ z (n - b) _ C (seq_NoDup n 0) ltac:(rewrite seq_length; lia) H) as (N & L & I).
  split; [exact N | ]. split; [exact L | ]. intros i J. apply I, in_seq in J. lia.
Qed.

(* i is kept and j is not: z i >= z j, and of equal ones the smaller row is kept *)
Theorem zeno_left_out : forall n b z C i j, IsZeno n b z C -> In i C -> (j < n)%nat -> ~ In j C ->
  at_least (z i) (z j) /\ (at_least (z j) (z i) -> (i < j)%nat).
Proof. intros n b z C i j H I J. apply (first_left_out _ _ z _ _ _ _ _ H I). apply in_seq. lia. Qed.

(* H: the n-q rows that are not Byzantine, q <= b. Ranks are counted from 0 *)
Theorem zeno_guarantee : forall n b q z C H c h, (q <= b)%nat -> IsZeno n b z C -> Rows n (n - q) H ->
  Descending (map z C) c -> Descending (map z H) h -> forall i, (i < n - b)%nat -> at_least (nth i c Lowest) (nth i h Lowest).
Proof.
  intros n b q z C H c h B Z (DH & LH & IH) DC DS i I. pose proof (zeno_rows n b z C Z) as (_ & LC & _).
  apply (first_ranks _ _ at_least_decided at_least_total at_least_trans z (n - b) (seq 0 n) C H); auto; [apply seq_NoDup | | lia | lia].
  intros j J. apply in_seq. specialize (IH j J). lia.
Qed.

(* a row that is not finite has the lowest score, and if n-b rows have a greater one, only such are kept *)
Theorem score_nonfinite : forall rho l m w u, norm2 u = None -> score_of rho l m u = Lowest /\ given w u = Lowest.
Proof. intros rho l m w u E. unfold score_of, given. rewrite E. auto. Qed.

Theorem zeno_above_lowest : forall n b z C H, IsZeno n b z C -> Rows n (n - b) H -> (forall j, In j H -> z j <> Lowest) ->
  forall i, In i C -> z i <> Lowest.
Proof.
  intros n b z C H Z (DH & LH & IH) G i I E. pose proof (zeno_rows n b z C Z) as (_ & LC & _).
  destruct (good_left_out C H i DH ltac:(lia) I) as (j & J & NJ); [intros K; exact (G i K E) | ].
  destruct (zeno_left_out n b z C i j Z I (IH j J) NJ) as (L & _). rewrite E in L. apply (G j J). destruct (z j); simpl in L; tauto.
Qed.

(* ---- Zeno++ ---- *)

Fixpoint dot (g u : list Q) : Q := match g, u with a :: g, b :: u => a * b + dot g u | _, _ => 0 end.

Definition Accepted (gamma rho epsilon : Q) (g u : list word) : Prop :=
  exists v w, g = map Number v /\ u = map Number w /\ - (gamma * epsilon) <= gamma * dot v w - rho * dot w w.

(* the test, as one computes it *)
Fixpoint numbers (u : list word) : option (list Q) :=
  match u with
  | [] => Some []
  | Number a :: t => match numbers t with Some s => Some (a :: s) | None => None end
  | _ => None
  end.

Definition accept (gamma rho epsilon : Q) (g u : list word) : bool :=
  match numbers g, numbers u with
  | Some v, Some w => Qle_bool (- (gamma * epsilon)) (gamma * dot v w - rho * dot w w)
  | _, _ => false
  end.

Lemma numbers_finite : forall u w, numbers u = Some w <-> u = map Number w.
Proof.
  induction u as [ | a u IH]; intros w; simpl.
  - split; intros E; [injection E as <-; reflexivity | destruct w; [reflexivity | discriminate]].
  - split; intros E.
    + destruct a; try discriminate. destruct (numbers u) as [s | ] eqn:F; [ | discriminate]. injection E as <-. simpl. f_equal. apply IH. reflexivity.
    + destruct w as [ | b w]; [discriminate | ]. simpl in E. injection E as -> E. apply IH in E. rewrite E. reflexivity.
Qed.

Theorem accept_accepted : forall gamma rho epsilon g u, accept gamma rho epsilon g u = true <-> Accepted gamma rho epsilon g u.
Proof.
  intros gamma rho epsilon g u. unfold accept, Accepted. split.
  - destruct (numbers g) as [v | ] eqn:G; [ | discriminate]. destruct (numbers u) as [w | ] eqn:U; [ | discriminate]. intros H.
    apply numbers_finite in G, U. apply Qle_bool_iff in H. exists v, w. auto.
  - intros (v & w & G & U & H). apply numbers_finite in G, U. rewrite G, U. apply Qle_bool_iff. exact H.
Qed.

Lemma dot_self : forall w, 0 <= dot w w.
Proof.
  induction w as [ | a w IH]; simpl; [apply Qle_refl | ]. rewrite <- (Qplus_0_l 0). apply Qplus_le_compat; [ | exact IH].
  destruct a as [p q]. unfold Qle, Qmult. simpl. nia.
Qed.

Theorem accepted_descends : forall gamma rho epsilon v w, 0 < gamma -> 0 <= rho ->
  Accepted gamma rho epsilon (map Number v) (map Number w) -> - epsilon <= dot v w.
Proof.
  intros gamma rho epsilon v w G R (v' & w' & EV & EW & H).
  assert (INJ : forall a b, map Number a = map Number b -> a = b).
  { induction a as [ | x a IH]; intros [ | y b] E; try discriminate; [reflexivity | ]. injection E as -> E. f_equal. auto. }
  apply INJ in EV, EW. subst v' w'. apply Qmult_le_l with gamma; [exact G | ].
  apply Qle_trans with (gamma * dot v w - rho * dot w w).
  - apply Qle_trans with (2 := H). apply Qle_lteq. right. ring.
  - rewrite <- (Qplus_0_r (gamma * dot v w)) at 2. apply Qplus_le_r. apply (Qopp_le_compat 0). apply Qmult_le_0_compat; [exact R | apply dot_self].
Qed.
