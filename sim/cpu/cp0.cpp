// Coprocessor 0: register access and the KU/IE stack.
#include "sim/cpu/cp0.hpp"

namespace exosim {
namespace {

// TS and CM are set by hardware. RE exists on the R3000A only.
constexpr uint32_t kStatusCuMask = STATUS_CU0 | STATUS_CU1 | STATUS_CU2 | STATUS_CU3;
constexpr uint32_t kStatusWritable = kStatusCuMask | STATUS_BEV | STATUS_PZ | STATUS_SWC |
                                     STATUS_ISC | STATUS_IM_MASK | STATUS_KUIE_MASK;

uint32_t replace(uint32_t old, uint32_t value, uint32_t mask) {
  return (old & ~mask) | (value & mask);
}

}  // namespace

uint32_t Cp0::read(unsigned reg, Cp0Inputs inputs) const {
  switch (reg) {
    case CP0_INDEX:
      return index;
    case CP0_RANDOM:
      return random_entry(inputs.steps) << RANDOM_SHIFT;
    case CP0_ENTRYLO:
      return entry_lo;
    case CP0_CONTEXT:
      return context;
    case CP0_BADVADDR:
      return bad_vaddr;
    case CP0_ENTRYHI:
      return entry_hi;
    case CP0_STATUS:
      return status;
    case CP0_CAUSE:
      return cause | pending_interrupts(cause, inputs.hardware_interrupts);
    case CP0_EPC:
      return epc;
    case CP0_PRID:
      return prid;
    default:
      return 0;
  }
}

void Cp0::write(unsigned reg, uint32_t value) {
  switch (reg) {
    case CP0_INDEX:
      index = replace(index, value, INDEX_MASK);
      break;
    case CP0_ENTRYLO:
      entry_lo = value & ENTRYLO_MASK;
      break;
    case CP0_CONTEXT:
      context = replace(context, value, CONTEXT_PTEBASE_MASK);
      break;
    case CP0_ENTRYHI:
      entry_hi = value & ENTRYHI_MASK;
      break;
    case CP0_STATUS:
      status = replace(status, value, kStatusWritable | (prid == PRID_R3000A ? STATUS_RE : 0)) &
               ~(value & STATUS_PE);
      break;
    case CP0_CAUSE:
      cause = replace(cause, value, CAUSE_SW_MASK);
      break;
    default:
      break;
  }
}

bool Cp0::coprocessor_usable(unsigned z, uint32_t usable) const {
  if (z == 0 && !user_mode()) return true;
  return (usable & (uint32_t{STATUS_CU0} << z)) != 0;
}

void Cp0::push_mode() { status = replace(status, status << 2, STATUS_KUIE_MASK); }

void Cp0::pop_mode() {
  constexpr uint32_t kPreviousAndCurrent = STATUS_KUP | STATUS_IEP | STATUS_KUC | STATUS_IEC;
  status = replace(status, (status & STATUS_KUIE_MASK) >> 2, kPreviousAndCurrent);
}

void Cp0::set_bad_page(uint32_t address) {
  context = replace(context, address >> CONTEXT_BADVPN_SHIFT, CONTEXT_BADVPN_MASK);
  entry_hi = replace(entry_hi, address, ENTRYHI_VPN_MASK);
}

}  // namespace exosim
