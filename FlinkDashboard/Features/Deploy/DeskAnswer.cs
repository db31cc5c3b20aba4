using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Features.Deploy;

/// <summary>What the cluster said to a manifest.</summary>
/// <param name="Good">It was taken, or would be.</param>
/// <param name="Message">One or two sentences.</param>
/// <param name="Problems">What is wrong, by field.</param>
/// <param name="Conflict">The object as it stands now, when somebody else was faster.</param>
public sealed record DeskAnswer(bool Good, string Message, IReadOnlyList<FieldProblem> Problems, Manifest? Conflict);
