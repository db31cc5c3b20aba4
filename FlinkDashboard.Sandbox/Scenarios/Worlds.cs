using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Scenarios;

/// <summary>The named starting worlds.</summary>
public static class Worlds
{
    private const string Recorded = "recording:";

    /// <summary>Builds a world, its behaviours started.</summary>
    /// <exception cref="ArgumentException">No world has that name; the message lists those there are.</exception>
    public static SandboxWorld Build(SandboxOptions options)
    {
        var world = new SandboxWorld(options.Start ?? options.Time.GetUtcNow(), options.Seed, options.Speed, options.Time,
            options.Failed ?? (e => Console.Error.WriteLine(e)));
        switch (options.World)
        {
            case "quiet":
                Platform.AddTo(world);
                break;
            case "busy":
                Platform.AddTo(world);
                BusyWorld.AddTo(world);
                break;
            case "thousand":
                Platform.AddTo(world);
                ThousandWorld.AddTo(world);
                break;
            case { } name when name.StartsWith(Recorded, StringComparison.Ordinal):
                Platform.AddTo(world);
                RecordingWorld.AddTo(world, name[Recorded.Length..]);
                break;
            default:
                throw new ArgumentException($"There is no world \"{options.World}\". Worlds: quiet, busy, thousand, recording:FOLDER.", nameof(options));
        }
        DefaultAccess.AddTo(world.Objects);
        return world;
    }
}
