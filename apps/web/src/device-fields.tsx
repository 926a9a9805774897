import { deviceWords as words } from "./device-fields.words.ts";
import { Choices, Field, type FormState } from "./form.tsx";

export const deviceLabels = { device: words.device, deviceName: words.deviceName };

/** Whoever is unsure is treated as somebody who shares the device (P13). */
export const deviceValues = { device: "shared" };

/** Asked at every way in: who else uses this device, and what to call it. */
export function DeviceFields({ of }: { of: FormState<"device" | "deviceName"> }) {
  const { t } = of;
  return (
    <>
      <Choices
        of={of}
        name="device"
        options={[
          { value: "shared", label: t(words.shared), hint: t(words.sharedHint) },
          { value: "own", label: t(words.own), hint: t(words.ownHint) },
        ]}
      />
      <Field
        of={of}
        name="deviceName"
        hint={t(words.deviceNameHint)}
        maxlength={40}
        optional
        exact
      />
    </>
  );
}
