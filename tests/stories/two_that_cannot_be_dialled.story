# Neither can call the other: they cannot be partners until the catalogue gives one of them an
# endpoint, and what a user says to such a one is refused. With everybody else both are as they were.
qmu.kz calls out
kaznu.kz calls out
nodes qmu.kz kaznu.kz helmo.be
run 10s
expect armed 1 at qmu.kz
expect armed 1 at kaznu.kz
expect armed 0 at helmo.be
qmu.kz nominates A to kaznu.kz
run 1h
expect ready 0 at qmu.kz
helmo.be nominates B to kaznu.kz
qmu.kz nominates C to helmo.be
run 1s
expect B pending at both
expect C pending at both
--
     0.010  qmu.kz        . session to node.helmo.be opened
     0.010  kaznu.kz      . session to node.helmo.be opened
     0.015  helmo.be      . session from node.kaznu.kz is live
     0.015  helmo.be      . session from node.qmu.kz is live
     0.020  qmu.kz          helmo.be: write guard lifted, both hold the same
     0.020  kaznu.kz        helmo.be: write guard lifted, both hold the same
     0.025  helmo.be        qmu.kz: write guard lifted, both hold the same
     0.025  helmo.be        kaznu.kz: write guard lifted, both hold the same
    10.000  qmu.kz        > A: not permitted
  3600.020  kaznu.kz      . session to node.helmo.be opened
  3600.020  qmu.kz        . session to node.helmo.be opened
  3600.025  helmo.be      . session from node.kaznu.kz is live
  3600.025  helmo.be      . session from node.qmu.kz is live
  3610.000  helmo.be      > B: kept
  3610.000  qmu.kz        > C: kept
  3610.005  helmo.be      . records from qmu.kz: 1 new, 0 repeated
  3610.005  kaznu.kz      . records from helmo.be: 1 new, 0 repeated
  3610.010  qmu.kz        . receipt from helmo.be: 1 delivered, 0 known
  3610.010  helmo.be      . receipt from kaznu.kz: 1 delivered, 0 known
