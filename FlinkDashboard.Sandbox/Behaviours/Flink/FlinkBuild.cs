using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>Version and revision that a JobManager names.</summary>
/// <param name="Version">As <c>1.20.1</c>.</param>
/// <param name="Revision">Commit and commit date, as <c>flink-revision</c> has it.</param>
internal sealed record FlinkBuild(string Version, string Revision)
{
    // The 1.20.1 revision is recorded; the others have its shape.
    private static readonly Dictionary<string, FlinkBuild> Known = new()
    {
        ["v1_16"] = new("1.16.3", "b4e3b7e @ 2023-11-14T14:01:43+01:00"),
        ["v1_17"] = new("1.17.2", "c0027e5 @ 2023-11-09T13:24:38+01:00"),
        ["v1_18"] = new("1.18.1", "a8c8b1c @ 2023-12-19T22:17:40+01:00"),
        ["v1_19"] = new("1.19.2", "b3f5d4c @ 2025-01-28T20:11:02+01:00"),
        ["v1_20"] = new("1.20.1", "cb1e7b5 @ 2025-01-28T23:32:02+01:00"),
        ["v2_0"] = new("2.0.0", "c6f7a2d @ 2025-03-18T11:02:10+01:00"),
        ["v2_1"] = new("2.1.0", "f7b1e9a @ 2025-07-24T09:40:55+02:00"),
        ["v2_2"] = new("2.2.0", "d1c0a4e @ 2025-11-27T16:05:21+01:00"),
    };

    /// <summary>By <c>$internal.flink.version</c>, else by the image's tag; EMR images name their own release.</summary>
    public static FlinkBuild Of(IReadOnlyDictionary<string, string> settings, string image)
    {
        var key = settings.Text("$internal.flink.version", "internal.flink.version") ?? ByTag(image);
        var build = Known.GetValueOrDefault(key) ?? Known["v1_20"];
        return image.Contains("emr", StringComparison.OrdinalIgnoreCase) ? build with { Version = build.Version[..build.Version.LastIndexOf('.')] + ".0-amzn-0" } : build;
    }

    private static string ByTag(string image)
    {
        var tag = image[(image.LastIndexOf(':') + 1)..];
        return Known.Keys.FirstOrDefault(k => tag.StartsWith(k[1..].Replace('_', '.'), StringComparison.Ordinal)) ?? "v1_20";
    }
}
