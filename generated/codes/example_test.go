package codes_test

import (
	"errors"
	"fmt"

	"github.com/seed-0edfda58/gocurl/generated/codes"
)

func ExampleEasy() {
	err := fmt.Errorf("fetching the news: %w", codes.CouldntResolveHost)
	fmt.Println(errors.Is(err, codes.CouldntResolveHost))
	fmt.Println(err)
	// Output:
	// true
	// fetching the news: CURLE_COULDNT_RESOLVE_HOST: the host name could not be resolved
}
