namespace FlinkDashboard.Sandbox.Behaviours.Operator.BlueGreen;

/// <summary>Which of the two children.</summary>
internal enum Colour
{
    /// <summary>The first.</summary>
    Blue,

    /// <summary>The second.</summary>
    Green,
}

/// <summary>Names that follow from a colour.</summary>
internal static class ColourNames
{
    /// <summary>BLUE or GREEN, as labels and states have it.</summary>
    public static string Upper(this Colour colour) => colour == Colour.Blue ? "BLUE" : "GREEN";

    /// <summary>blue or green, as names have it.</summary>
    public static string Lower(this Colour colour) => colour == Colour.Blue ? "blue" : "green";

    /// <summary>The other one.</summary>
    public static Colour Other(this Colour colour) => colour == Colour.Blue ? Colour.Green : Colour.Blue;
}
