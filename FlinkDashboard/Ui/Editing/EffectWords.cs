using FlinkDashboard.Model.Previews;

namespace FlinkDashboard.Ui.Editing;

/// <summary>Effects and preflight states as titles, symbols and colours.</summary>
public static class EffectWords
{
    /// <summary>The effect in a few words.</summary>
    public static string Title(EffectKind kind) => kind switch
    {
        EffectKind.NoChange => "Changes nothing",
        EffectKind.NoEffect => "No effect on what runs",
        EffectKind.FirstDeployment => "Starts for the first time",
        EffectKind.RescaleInPlace => "Rescaled without a stop",
        EffectKind.StopAndRestart => "Stopped and started again",
        EffectKind.RedeployFromSavepoint => "Started again from a savepoint",
        EffectKind.Suspend => "Stopped",
        EffectKind.Resume => "Started again",
        EffectKind.Rejected => "Will be rejected",
        EffectKind.Waits => "Waits",
        _ => "Cannot tell",
    };

    /// <summary>Colour and symbol of a preview.</summary>
    public static string Tone(EffectPreview preview) => preview switch
    {
        { Kind: EffectKind.Rejected } or { LosesState: true } => "failing",
        { Kind: EffectKind.StopAndRestart or EffectKind.RedeployFromSavepoint or EffectKind.Suspend or EffectKind.Waits } => "degraded",
        { Kind: EffectKind.RescaleInPlace or EffectKind.FirstDeployment or EffectKind.Resume } => "changing",
        { Kind: EffectKind.NoChange or EffectKind.NoEffect } => "stopped",
        _ => "unknown",
    };

    /// <summary>A preflight state as a word.</summary>
    public static string Word(PreflightState state) => state switch
    {
        PreflightState.Go => "go",
        PreflightState.Risky => "risky",
        PreflightState.NoGo => "no-go",
        _ => "not known",
    };

    /// <summary>Colour and symbol of a preflight state.</summary>
    public static string Tone(PreflightState state) => state switch
    {
        PreflightState.Go => "healthy",
        PreflightState.Risky => "degraded",
        PreflightState.NoGo => "failing",
        _ => "unknown",
    };
}
