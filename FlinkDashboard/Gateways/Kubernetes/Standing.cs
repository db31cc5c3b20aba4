using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>An object as it stands in the cluster, read once: as a record, as text and with who wrote what.</summary>
/// <param name="Object">What this app makes of it.</param>
/// <param name="Manifest">All of it but managedFields and last-applied-configuration.</param>
/// <param name="Writers">Its managedFields: who wrote, when, and whether into the spec.</param>
public sealed record Standing<T>(T Object, Manifest Manifest, IReadOnlyList<FieldWriter> Writers) where T : class, IKubernetesObject;
