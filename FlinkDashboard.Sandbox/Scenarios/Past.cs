using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Scenarios;

/// <summary>
/// Lives through what happened before a world is shown, so that everything in it has the age and the history it says. After each act
/// the world moves for a while in full; the quiet hours in between are skipped (what was due in them happens once, late).
/// </summary>
/// <param name="world">A world with a manual clock.</param>
/// <param name="now">When the past ends.</param>
public sealed class Past(SandboxWorld world, DateTimeOffset now)
{
    private static readonly TimeSpan InFull = TimeSpan.FromSeconds(110);
    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(20);
    private readonly List<(TimeSpan Ago, Action Act)> _acts = [];

    /// <summary>Something that happened so long ago.</summary>
    public void At(TimeSpan ago, Action act) => _acts.Add((ago, act));

    /// <summary>Lives through all of it; the clock then stands at the present.</summary>
    public void Live()
    {
        foreach (var (ago, act) in _acts.OrderByDescending(a => a.Ago))
        {
            MoveTo(now - ago);
            act();
        }
        MoveTo(now);
    }

    private void MoveTo(DateTimeOffset moment)
    {
        if (moment - world.Now > InFull + CatchUp)
        {
            world.Timeline.Advance(InFull);
            world.Clock.Advance(moment - world.Now - CatchUp);
        }
        if (moment > world.Now)
            world.Timeline.Advance(moment - world.Now);
    }
}
